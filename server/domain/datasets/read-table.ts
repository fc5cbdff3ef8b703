import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { required } from '@/lib/base/invariant';
import type { DatasetCard } from '@/lib/datasets/card';
import type { PixelFiles, TableFiles } from '@/lib/datasets/dataset';
import { splitRows } from '@/lib/datasets/split-rows';
import type { PackedDataset } from './packed-dataset';

/** Reads a committed CSV whose header and classes the card knows. */
export async function readTable(card: DatasetCard, files: TableFiles, project: string): Promise<PackedDataset> {
  const [header = [], ...rows] = await cells(path.join(project, files.file));
  const columns = [...files.features, files.label].map((name) => {
    const at = header.indexOf(name);
    if (at < 0) throw new Error(`${files.file} has no column ${name}`);
    return at;
  });
  const label = required(columns.pop(), 'label column');
  const classes = required(card.fields.label?.classes, `classes of ${card.id}`);
  const whole = rows.filter((row) => columns.every((column) => row[column] !== ''));
  const features = Float32Array.from(whole.flatMap((row) => columns.map((column) => Number(row[column]))));
  const labels = Int32Array.from(whole, (row) => classes.indexOf(row[label] ?? ''));
  return {
    card,
    columns: {
      features: { data: features, shape: [whole.length, columns.length] },
      label: { data: labels, shape: [whole.length] },
    },
    rows: splitRows(whole.length, labels),
  };
}

/** Reads a committed CSV of small grey pictures: pixels in reading order, then the class. White becomes 255. */
export async function readPixels(card: DatasetCard, files: PixelFiles, project: string): Promise<PackedDataset> {
  const rows = await cells(path.join(project, files.file));
  const size = files.height * files.width;
  const image = Uint8Array.from(
    rows.flatMap((row) => row.slice(0, size).map((value) => Math.round((Number(value) * 255) / files.white))),
  );
  const labels = Int32Array.from(rows, (row) => Number(row[size]));
  return {
    card,
    columns: {
      image: { data: image, shape: [rows.length, files.height, files.width, 1] },
      label: { data: labels, shape: [rows.length] },
    },
    rows: splitRows(rows.length, labels),
  };
}

async function cells(file: string): Promise<string[][]> {
  const bytes = await readFile(file);
  return parse(file.endsWith('.gz') ? gunzipSync(bytes) : bytes, { skip_empty_lines: true });
}
