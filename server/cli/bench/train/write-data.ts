import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import type { BenchCase } from './cases';
import type { PythonJob } from './python-peer';

/** The first training rows as raw files: the same bytes that our engine trains on. */
export async function writeData(
  folder: string,
  { dataset: id, fields }: BenchCase['data'],
  most: number,
): Promise<PythonJob['data']> {
  const dataset = await nodeDatasets().open(id, {});
  const count = Math.min(most, dataset.card.counts.train);
  const columns = dataset.read(
    'train',
    Int32Array.from({ length: count }, (_, row) => row),
    fields,
  );
  return fields.map((field) => {
    const column = columns[field];
    if (!column) throw new Error(`Invariant: ${id} has ${field}`);
    const file = path.join(folder, `${id}-${field}.bin`);
    const { data } = column;
    if (!(data instanceof Uint8Array || data instanceof Int32Array))
      throw new Error(`Invariant: ${id}.${field} is bytes or whole numbers`);
    writeFileSync(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return { path: file, dtype: data instanceof Uint8Array ? 'uint8' : 'int32', shape: [...column.shape] };
  });
}
