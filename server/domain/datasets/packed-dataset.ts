import { closeSync, openSync, readSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetCard, HostArray, OpenDataset, Split } from '@/lib/datasets/card';
import type { Columns } from '@/lib/datasets/dataset';
import { openColumns } from '@/lib/datasets/open-columns';
import type { SplitRows } from '@/lib/datasets/split-rows';

/**
 * A data set in one file: `NETDATA1`, length of the header (uint32, little-endian), the header as JSON, then the
 * columns back to back, each at a multiple of 8 bytes. Uploads are kept so, and slow formats are cached so.
 */
export interface PackedDataset {
  card: DatasetCard;
  columns: Columns;
  rows: SplitRows;
}

type Stored = 'uint8' | 'int32' | 'float32' | 'string';
interface Part {
  stored: Stored;
  shape: number[];
  offset: number;
  bytes: number;
}
interface Header {
  card: DatasetCard;
  columns: Record<string, Part>;
  rows: Record<Split, Part>;
}

const MAGIC = Buffer.from('NETDATA1', 'latin1');
const HEADER_LIMIT = 16 * 1024 * 1024;
const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** Writes beside the target, syncs and renames: a torn file is never seen under the name. Returns its size in bytes. */
export async function writePacked(file: string, dataset: PackedDataset): Promise<number> {
  const blobs: Uint8Array[] = [];
  let offset = 0;
  const place = ({ data, shape }: HostArray): Part => {
    const blob = Array.isArray(data)
      ? Buffer.from(JSON.stringify(data), 'utf8')
      : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const part: Part = { stored: storedAs(data), shape, offset, bytes: blob.byteLength };
    blobs.push(blob, new Uint8Array(aligned(blob.byteLength) - blob.byteLength));
    offset += aligned(blob.byteLength);
    return part;
  };
  const header: Header = {
    card: dataset.card,
    columns: Object.fromEntries(Object.entries(dataset.columns).map(([field, column]) => [field, place(column)])),
    rows: {
      train: place(rowColumn(dataset.rows.train)),
      validation: place(rowColumn(dataset.rows.validation)),
      test: place(rowColumn(dataset.rows.test)),
    },
  };
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const head = Buffer.alloc(aligned(12 + json.length));
  MAGIC.copy(head);
  head.writeUInt32LE(json.length, 8);
  json.copy(head, 12);

  await mkdir(path.dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  const handle = await open(part, 'w');
  try {
    for (const blob of [head, ...blobs]) await handle.writeFile(blob);
    await handle.sync();
    await handle.close();
    await rename(part, file);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
  return head.length + offset;
}

/** The whole file in memory; columns are views of it. Rejects where it is not such a file. */
export async function readPacked(file: string): Promise<PackedDataset> {
  const bytes = await readFile(file);
  const { header, start } = parseHeader(bytes, file);
  const at = (part: Part): HostArray => {
    const from = start + part.offset;
    if (from + part.bytes > bytes.length) throw new Error(`${path.basename(file)} is cut short`);
    return { data: view(part.stored, bytes, from, part.bytes), shape: part.shape };
  };
  return {
    card: header.card,
    columns: Object.fromEntries(Object.entries(header.columns).map(([field, part]) => [field, at(part)])),
    rows: {
      train: at(header.rows.train).data as Int32Array,
      validation: at(header.rows.validation).data as Int32Array,
      test: at(header.rows.test).data as Int32Array,
    },
  };
}

/** Only the card, without reading the columns. */
export function readPackedCard(file: string): DatasetCard {
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(12);
    readSync(descriptor, start, 0, 12, 0);
    const length = MAGIC.compare(start, 0, 8) === 0 ? start.readUInt32LE(8) : 0;
    const head = Buffer.alloc(12 + Math.min(length, HEADER_LIMIT));
    readSync(descriptor, head, 0, head.length, 0);
    return parseHeader(head, file).header.card;
  } finally {
    closeSync(descriptor);
  }
}

export const openPacked = (dataset: PackedDataset): OpenDataset =>
  openColumns(dataset.card, dataset.columns, dataset.rows);

function parseHeader(bytes: Buffer, file: string): { header: Header; start: number } {
  const known = bytes.length >= 12 && MAGIC.compare(bytes, 0, 8) === 0;
  const length = known ? bytes.readUInt32LE(8) : 0;
  if (!known || length > HEADER_LIMIT || 12 + length > bytes.length)
    throw new Error(`${path.basename(file)} is not a packed data set`);
  return { header: JSON.parse(bytes.toString('utf8', 12, 12 + length)) as Header, start: aligned(12 + length) };
}

const rowColumn = (rows: Int32Array): HostArray => ({ data: rows, shape: [rows.length] });

function storedAs(data: HostArray['data']): Stored {
  if (Array.isArray(data)) return 'string';
  if (data instanceof Uint8Array) return 'uint8';
  return data instanceof Int32Array ? 'int32' : 'float32';
}

function view(stored: Stored, bytes: Buffer, from: number, length: number): HostArray['data'] {
  if (stored === 'string') return JSON.parse(bytes.toString('utf8', from, from + length)) as string[];
  if (stored === 'uint8') return new Uint8Array(bytes.buffer, bytes.byteOffset + from, length);
  const start = bytes.byteOffset + from;
  // A small file may come out of Node's shared pool at an odd place: then its numbers are copied.
  const [buffer, at] =
    start % 4 === 0 ? [bytes.buffer, start] : [Uint8Array.from(bytes.subarray(from, from + length)).buffer, 0];
  return stored === 'int32' ? new Int32Array(buffer, at, length / 4) : new Float32Array(buffer, at, length / 4);
}
