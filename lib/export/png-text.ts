import { strFromU8, strToU8, unzlibSync, zlibSync } from 'fflate';

/** Text inside PNG pictures. Source: PNG specification, third edition, 5.3 (chunks), 11.3.3 (tEXt, iTXt), annex D (CRC). */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, type and checksum around a chunk's data. */
const FRAME = 12;

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, at) => bytes[at] === byte);

/** The picture with a compressed international text (iTXt) behind its header. `bytes` must be a PNG. */
export function writePngText(bytes: Uint8Array, keyword: string, text: string): Uint8Array {
  // After the keyword: compressed, by zlib, no language, no translated keyword.
  const data = concat([strToU8(keyword), Uint8Array.of(0, 1, 0, 0, 0), zlibSync(strToU8(text))]);
  const header = SIGNATURE.length + FRAME + lengthAt(bytes, SIGNATURE.length);
  return concat([bytes.subarray(0, header), chunkOf('iTXt', data), bytes.subarray(header)]);
}

/** The text under a keyword (tEXt or iTXt), or null. Never throws: what is no PNG, or is broken off, has none. */
export function readPngText(bytes: Uint8Array, keyword: string): string | null {
  if (!isPng(bytes)) return null;
  for (let at = SIGNATURE.length; at + FRAME <= bytes.length; ) {
    const length = lengthAt(bytes, at);
    const type = strFromU8(bytes.subarray(at + 4, at + 8), true);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (data.length < length) return null;
    const end = data.indexOf(0);
    if ((type === 'tEXt' || type === 'iTXt') && end > 0 && strFromU8(data.subarray(0, end), true) === keyword)
      return type === 'tEXt' ? strFromU8(data.subarray(end + 1), true) : international(data.subarray(end + 1));
    at += FRAME + length;
  }
  return null;
}

function international(data: Uint8Array): string | null {
  const language = data.indexOf(0, 2);
  const translated = data.indexOf(0, language + 1);
  if (language < 0 || translated < 0) return null;
  const text = data.subarray(translated + 1);
  try {
    return strFromU8(data[0] === 1 ? unzlibSync(text) : text);
  } catch {
    return null;
  }
}

const lengthAt = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);

function chunkOf(type: string, data: Uint8Array): Uint8Array {
  const checked = concat([strToU8(type), data]);
  const [length, checksum] = [new Uint8Array(4), new Uint8Array(4)];
  new DataView(length.buffer).setUint32(0, data.length);
  new DataView(checksum.buffer).setUint32(0, crc(checked));
  return concat([length, checked, checksum]);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

function crc(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (TABLE[(rest ^ byte) & 0xff] as number) ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}
