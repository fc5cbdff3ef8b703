import { type FileHandle, open } from 'node:fs/promises';
import { Inflate } from 'fflate';

/** One file in an archive, as its central directory tells. `size` is a claim until it is unpacked. */
export interface ZipEntry {
  name: string;
  method: number;
  packed: number;
  size: number;
  offset: number;
  encrypted: boolean;
}

/** Why an archive or an entry cannot be read; the message is for the person who uploaded it. */
export class ZipError extends Error {
  override name = 'ZipError';
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const CUT_SHORT =
  'The ZIP file is cut short or damaged: its table of contents is missing. Make it again, or upload it once more.';
const CHUNK = 16 * 1024;

/**
 * A ZIP file on disk, read entry by entry. The table of contents at its end is read first, so that a truncated archive
 * and one with too many entries are refused before anything is unpacked.
 */
export async function openZip(
  file: string,
  limits: { entries: number },
): Promise<{ entries: ZipEntry[]; read(entry: ZipEntry, limit: number): Promise<Uint8Array>; close(): Promise<void> }> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const entries = await readDirectory(handle, size, limits.entries);
    return { entries, read: (entry, limit) => readEntry(handle, size, entry, limit), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function readDirectory(handle: FileHandle, size: number, limit: number): Promise<ZipEntry[]> {
  const tail = await bytesAt(handle, Math.max(0, size - 65_557), Math.min(size, 65_557));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
  if (end < 0) throw new ZipError(CUT_SHORT);
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const start = tail.readUInt32LE(end + 16);
  if (count === 0xffff || start === 0xffffffff)
    throw new ZipError('This ZIP file is in the large ZIP64 format, which is not read. Split it into smaller ones.');
  if (count > limit)
    throw new ZipError(`The ZIP file holds ${count} files; up to ${limit} are allowed. Upload a part of them.`);
  if (start + length > size) throw new ZipError(CUT_SHORT);

  const directory = await bytesAt(handle, start, length);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count; ) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY) throw new ZipError(CUT_SHORT);
    const nameLength = directory.readUInt16LE(at + 28);
    const flags = directory.readUInt16LE(at + 8);
    entries.push({
      name: directory.toString(flags & 0x800 ? 'utf8' : 'latin1', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
      encrypted: (flags & 1) === 1,
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** Unpacks one entry in pieces and stops at `limit` bytes, whatever its header claims. */
async function readEntry(handle: FileHandle, size: number, entry: ZipEntry, limit: number): Promise<Uint8Array> {
  const damaged = new ZipError(`${entry.name} in the ZIP file is damaged. Make the archive again.`);
  const local = await bytesAt(handle, entry.offset, 30);
  if (local.length < 30 || local.readUInt32LE(0) !== LOCAL) throw damaged;
  if (entry.encrypted) throw new ZipError(`${entry.name} is encrypted. Make the archive without a password.`);
  if (entry.method !== 0 && entry.method !== 8)
    throw new ZipError(
      `${entry.name} is packed in a way that is not read. Make the archive with ordinary compression.`,
    );
  let at = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const end = at + entry.packed;
  if (end > size) throw damaged;

  const parts: Uint8Array[] = [];
  let total = 0;
  const take = (part: Uint8Array) => {
    total += part.length;
    if (total > limit)
      throw new ZipError(
        `${entry.name} unpacks to more than ${Math.round(limit / 1024 / 1024)} MB, which is the limit.`,
      );
    parts.push(part);
  };
  const inflate = entry.method === 8 ? new Inflate((part) => take(part)) : null;
  while (at < end) {
    const packed = await bytesAt(handle, at, Math.min(CHUNK, end - at));
    if (packed.length === 0) throw damaged;
    at += packed.length;
    if (!inflate) take(packed);
    else
      try {
        inflate.push(packed, at >= end);
      } catch (error) {
        throw error instanceof ZipError ? error : damaged;
      }
  }
  if (total !== entry.size) throw damaged;
  return Buffer.concat(parts, total);
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
