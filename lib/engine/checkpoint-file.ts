import { isRecord, type Json } from '@/lib/base/json';
import type { HostTensor } from '@/lib/nodes/kind';
import type { Checkpoint } from './checkpoint';

/**
 * A checkpoint as bytes: the safetensors layout (8 bytes little-endian header length, JSON header, raw data), so that
 * other programs can read the tensors. `__metadata__` holds the rest as JSON and a digest of header and data.
 */

interface Entry {
  dtype: 'F32' | 'I32' | 'U8';
  shape: number[];
  data_offsets: [number, number];
}

/** Why bytes are no checkpoint: torn, changed or of another kind. The sentence is for the user. */
export class CheckpointUnreadable extends Error {
  override name = 'CheckpointUnreadable';
}

/** Bytes of its own, from copies: the tensors may change afterwards. */
export function writeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { tensors, ...rest } = checkpoint;
  const header: Record<string, Json> = {};
  let end = 0;
  for (const [name, { data, shape }] of Object.entries(tensors)) {
    const dtype = data instanceof Float32Array ? 'F32' : data instanceof Int32Array ? 'I32' : 'U8';
    header[name] = { dtype, shape, data_offsets: [end, end + data.byteLength] };
    // Each tensor starts at a multiple of four bytes, so that it can be read in place.
    end += Math.ceil(data.byteLength / 4) * 4;
  }
  const encode = (digest: string): Uint8Array =>
    new TextEncoder().encode(JSON.stringify({ __metadata__: { checkpoint: JSON.stringify(rest), digest }, ...header }));
  const blank = encode('0'.repeat(16));
  const start = 8 + Math.ceil(blank.length / 8) * 8;
  const bytes = new Uint8Array(start + end);
  const place = (text: Uint8Array): void => {
    bytes.fill(32, 8, start);
    bytes.set(text, 8);
  };
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  place(blank);
  for (const [name, { data }] of Object.entries(tensors)) {
    const [first] = (header[name] as unknown as Entry).data_offsets;
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start + first);
  }
  place(encode(digestOf(bytes)));
  return bytes;
}

/** Throws `CheckpointUnreadable` where the bytes are not whole. */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  // A copy at offset 0; `slice` of a Buffer would be a view.
  const copy = new Uint8Array(bytes);
  const { header, start } = readHeader(copy);
  const metadata = header.__metadata__;
  if (!isRecord(metadata) || typeof metadata.checkpoint !== 'string' || typeof metadata.digest !== 'string')
    throw new CheckpointUnreadable('This file is no checkpoint: it holds no state of a run.');
  const text = new TextDecoder().decode(copy.subarray(8, start));
  const blank = text.replace(`"digest":"${metadata.digest}"`, `"digest":"${'0'.repeat(16)}"`);
  copy.set(new TextEncoder().encode(blank), 8);
  if (digestOf(copy) !== metadata.digest)
    throw new CheckpointUnreadable('The checkpoint is damaged: its content does not match its digest.');
  const tensors: Record<string, HostTensor> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, data_offsets } = value as unknown as Entry;
    const [first, last] = data_offsets;
    const raw = copy.slice(start + first, start + last);
    const data = dtype === 'F32' ? new Float32Array(raw.buffer) : dtype === 'I32' ? new Int32Array(raw.buffer) : raw;
    tensors[name] = { data, shape };
  }
  const rest = JSON.parse(metadata.checkpoint) as Omit<Checkpoint, 'tensors'>;
  if (rest.format !== 'checkpoint/1')
    throw new CheckpointUnreadable('The checkpoint was written by a newer version. Update this one to read it.');
  return { ...rest, tensors };
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; start: number } {
  const torn = new CheckpointUnreadable('The checkpoint is incomplete: it was cut off while being written.');
  if (bytes.length < 8) throw torn;
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > bytes.length - 8) throw torn;
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    if (isRecord(header)) return { header, start: 8 + length };
  } catch {
    // Said below.
  }
  throw torn;
}

/** 64 bits over all 32-bit words and the length: finds torn and mixed files at memory speed; no defence against forgery. */
function digestOf(bytes: Uint8Array): string {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let a = 0x9e3779b9 ^ bytes.length;
  let b = 0x7f4a7c15;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    a = Math.imul(a ^ word, 0x85ebca6b);
    a ^= a >>> 15;
    b = Math.imul(b + word, 0xc2b2ae35) ^ (b >>> 13);
  }
  const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
  return hex(a) + hex(b ^ a);
}
