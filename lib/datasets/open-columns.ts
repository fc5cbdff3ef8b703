import { invariant, required } from '@/lib/base/invariant';
import type { DatasetCard, HostArray, OpenDataset, Split } from './card';
import type { Columns } from './dataset';
import { pickRows } from './pick-rows';
import type { SplitRows } from './split-rows';

/**
 * A data set over whole columns in memory. `rows` says which of them make up each split; fields come out as stored.
 * The field `index` is the row's place in its split.
 */
export function openColumns(card: DatasetCard, columns: Columns, rows: SplitRows): OpenDataset {
  return {
    card,
    read(split: Split, indices, fields) {
      const picked = pickRows(rows[split], indices, split, card.id);
      return Object.fromEntries(
        fields.map((field) => [
          field,
          field === 'index'
            ? { data: Int32Array.from(indices), shape: [indices.length] }
            : gather(required(columns[field], `field ${field} of ${card.id}`), picked),
        ]),
      );
    },
  };
}

function gather(column: HostArray, rows: Int32Array): HostArray {
  const size = column.shape.slice(1).reduce((product, length) => product * length, 1);
  const shape = [rows.length, ...column.shape.slice(1)];
  const { data } = column;
  if (Array.isArray(data)) {
    invariant(size === 1, 'text columns hold one text a row');
    return { data: Array.from(rows, (row) => data[row] ?? ''), shape };
  }
  const out =
    data instanceof Uint8Array
      ? new Uint8Array(rows.length * size)
      : data instanceof Int32Array
        ? new Int32Array(rows.length * size)
        : new Float32Array(rows.length * size);
  rows.forEach((row, place) => {
    out.set(data.subarray(row * size, (row + 1) * size), place * size);
  });
  return { data: out, shape };
}
