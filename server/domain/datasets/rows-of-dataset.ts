import type { HostArray, OpenDataset, Split } from '@/lib/datasets/card';
import type { DatasetRows } from '@/lib/protocol/service';

/** Enough for a first look at a network, and no more than a few megabytes of pictures. */
const MOST_ROWS: Record<Split, number> = { train: 2_000, validation: 400, test: 400 };
const MOST_BYTES = 6_000_000;

/** The first rows of every split; fewer where a row is large. */
export function rowsOfDataset(dataset: OpenDataset): DatasetRows {
  const { card } = dataset;
  const fields = Object.keys(card.fields);
  const one = dataset.read('train', [0], fields);
  const rowBytes = fields.reduce((sum, field) => sum + bytesOf(one[field]), 0);
  const whole = MOST_ROWS.train + MOST_ROWS.validation + MOST_ROWS.test;
  const part = Math.min(1, MOST_BYTES / (rowBytes * whole));
  const take = (split: Split) => {
    const rows = Math.min(card.counts[split], Math.max(1, Math.floor(MOST_ROWS[split] * part)));
    const read = dataset.read(
      split,
      Int32Array.from({ length: rows }, (_, row) => row),
      fields,
    );
    return { rows, columns: Object.fromEntries(Object.entries(read).map(([field, array]) => [field, pack(array)])) };
  };
  const [train, validation, test] = [take('train'), take('validation'), take('test')];
  return {
    card: { ...card, counts: { train: train.rows, validation: validation.rows, test: test.rows } },
    columns: { train: train.columns, validation: validation.columns, test: test.columns },
  };
}

const bytesOf = (array: HostArray | undefined): number =>
  array === undefined ? 0 : Array.isArray(array.data) ? 100 : array.data.byteLength;

const pack = ({ data, shape }: HostArray): DatasetRows['columns'][Split][string] => ({
  shape,
  data: Array.isArray(data) ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
});
