import { isRecord } from '@/lib/base/json';
import type { AssetCard } from '@/lib/compile/asset-card';
import type { HostTensor } from '@/lib/nodes/kind';

/** Reads the safetensors layout of `write-safetensors.ts`, whoever wrote it: the header first, then single tensors. */

export interface StoredTensor {
  dtype: string;
  shape: number[];
  /** First byte, and that behind the last, in the file. */
  bytes: [number, number];
}

export interface SafetensorsHeader {
  metadata: Record<string, unknown>;
  tensors: Record<string, StoredTensor>;
}

/** Why bytes are no such file. The sentence is for the user. */
export class WeightsUnreadable extends Error {
  override name = 'WeightsUnreadable';
}

/** Longer headers are refused by the format's own readers. */
const MOST_HEADER = 100_000_000;

/** How many bytes from the start hold the header, which the first eight tell; null where they cannot be such a file's. */
export function headerBytes(first: Uint8Array, fileBytes: number): number | null {
  if (first.length < 8) return null;
  const length = Number(new DataView(first.buffer, first.byteOffset).getBigUint64(0, true));
  return length >= 2 && length <= Math.min(MOST_HEADER, fileBytes - 8) ? 8 + length : null;
}

/** The header of a file of so many bytes from its first ones. Throws `WeightsUnreadable` where it is none or is cut off. */
export function readSafetensorsHeader(first: Uint8Array, fileBytes: number): SafetensorsHeader {
  const end = headerBytes(first, fileBytes);
  const header = end === null || end > first.length ? null : parsed(first.subarray(8, end));
  if (end === null || header === null)
    throw new WeightsUnreadable(
      'This is no whole safetensors file: its header is missing or cut off. Export it again.',
    );
  const { __metadata__: metadata, ...entries } = header;
  const tensors: Record<string, StoredTensor> = {};
  for (const [name, entry] of Object.entries(entries)) {
    const stored = storedOf(entry, end, fileBytes);
    if (!stored)
      throw new WeightsUnreadable(
        `The file is damaged: what it says of “${name}” does not fit its bytes. Export it again.`,
      );
    tensors[name] = stored;
  }
  return { metadata: isRecord(metadata) ? metadata : {}, tensors };
}

function parsed(text: Uint8Array): Record<string, unknown> | null {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
    return isRecord(header) ? header : null;
  } catch {
    return null;
  }
}

/** Numbers of each type: bytes of one, what they become here, and how one is read. */
const TYPES: Record<string, { size: number; dtype: 'float32' | 'int32'; read(view: DataView, at: number): number }> = {
  F64: { size: 8, dtype: 'float32', read: (view, at) => view.getFloat64(at, true) },
  F32: { size: 4, dtype: 'float32', read: (view, at) => view.getFloat32(at, true) },
  F16: { size: 2, dtype: 'float32', read: (view, at) => halfOf(view.getUint16(at, true)) },
  BF16: { size: 2, dtype: 'float32', read: (view, at) => brainOf(view.getUint16(at, true)) },
  I64: { size: 8, dtype: 'int32', read: (view, at) => Number(view.getBigInt64(at, true)) },
  I32: { size: 4, dtype: 'int32', read: (view, at) => view.getInt32(at, true) },
  I16: { size: 2, dtype: 'int32', read: (view, at) => view.getInt16(at, true) },
  I8: { size: 1, dtype: 'int32', read: (view, at) => view.getInt8(at) },
  U8: { size: 1, dtype: 'int32', read: (view, at) => view.getUint8(at) },
  BOOL: { size: 1, dtype: 'int32', read: (view, at) => view.getUint8(at) },
};

function storedOf(entry: unknown, start: number, fileBytes: number): StoredTensor | null {
  if (!isRecord(entry)) return null;
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) return null;
  const [first = 0, last = 0] = offsets.map((offset) => start + offset);
  if (first > last || last > fileBytes) return null;
  const type = TYPES[dtype];
  return !type || last - first === countOf(shape) * type.size ? { dtype, shape, bytes: [first, last] } : null;
}

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0);

const countOf = (shape: readonly number[]): number => shape.reduce((count, size) => count * size, 1);

/** The card of a file: those of its tensors whose numbers can be read here. */
export function cardOfSafetensors(id: string, title: string, { tensors }: SafetensorsHeader): AssetCard {
  const known = Object.entries(tensors).flatMap(([name, { dtype, shape }]) => {
    const type = TYPES[dtype];
    return type ? [[name, { shape, dtype: type.dtype }] as const] : [];
  });
  return { id, title, tensors: Object.fromEntries(known) };
}

/** One tensor from its bytes. Throws `WeightsUnreadable` where its numbers are of a type that is not known here. */
export function readStoredTensor({ dtype, shape }: StoredTensor, bytes: Uint8Array): HostTensor {
  const type = TYPES[dtype];
  if (!type) throw new WeightsUnreadable(`Numbers of type ${dtype} cannot be read here. Save them as F32.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = type.dtype === 'int32' ? new Int32Array(countOf(shape)) : new Float32Array(countOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = type.read(view, i * type.size);
  return { data, shape: [...shape] };
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * 2 ** -14 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction);
}

/** The upper half of a float32. */
const word = new DataView(new ArrayBuffer(4));
function brainOf(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}
