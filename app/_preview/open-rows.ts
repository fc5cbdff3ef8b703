import { decodeBase64 } from '@/app/_pictures/decode-base64';
import { required } from '@/lib/base/invariant';
import type { DatasetField, HostArray, OpenDataset, Split } from '@/lib/datasets/card';
import { openColumns } from '@/lib/datasets/open-columns';
import type { DatasetRows } from '@/lib/protocol/service';

const SPLITS: Split[] = ['train', 'validation', 'test'];

/** A data set over the rows that the service gave. */
export function openRows({ card, columns }: DatasetRows): OpenDataset {
  const opened = Object.fromEntries(
    SPLITS.map((split) => {
      const fields = Object.entries(columns[split]).map(([field, { shape, data }]) => [
        field,
        { shape, data: Array.isArray(data) ? data : numbers(data, required(card.fields[field], field).stored) },
      ]);
      const rows = Int32Array.from({ length: card.counts[split] }, (_, row) => row);
      const none = new Int32Array();
      const order = { train: none, validation: none, test: none, [split]: rows };
      return [split, openColumns(card, Object.fromEntries(fields), order)];
    }),
  ) as Record<Split, OpenDataset>;
  return { card, read: (split, indices, fields) => opened[split].read(split, indices, fields) };
}

function numbers(base64: string, stored: DatasetField['stored']): HostArray['data'] {
  const bytes = decodeBase64(base64);
  if (stored === 'uint8') return bytes;
  return stored === 'int32' ? new Int32Array(bytes.buffer) : new Float32Array(bytes.buffer);
}
