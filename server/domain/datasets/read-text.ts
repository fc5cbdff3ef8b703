import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { required } from '@/lib/base/invariant';
import type { DatasetCard } from '@/lib/datasets/card';
import type { TextFiles } from '@/lib/datasets/dataset';
import { splitRows } from '@/lib/datasets/split-rows';
import { plainText, windowsOfText } from '@/lib/datasets/windows-of-text';
import type { PackedDataset } from './packed-dataset';

/** Reads a committed text as rows of character numbers. */
export async function readText(card: DatasetCard, files: TextFiles, project: string): Promise<PackedDataset> {
  const bytes = await readFile(path.join(project, files.file));
  const text = (files.file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const columns = windowsOfText(plainText(text, files.alphabet), files.alphabet, files.length);
  return { card, columns, rows: splitRows(required(columns.text?.shape[0], 'rows of the text')) };
}
