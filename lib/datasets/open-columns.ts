import { invariant, required } from '@/lib/base/invariant';
import type { DatasetCard, HostArray, OpenDataset, Split } from './card';
import type { Columns } from './dataset';
import { pickRows } from './pick-rows';
import type { SplitRows } from './split-rows';

type Numbers = Exclude<HostArray['data'], string[]>;

/**
 * A data set over whole columns in memory. `rows` says which of them make up each split; fields come out as stored.
 * The field `index` is the row's place in its split.
 */
export function openColumns(card: DatasetCard, columns: Columns, rows: SplitRows): OpenDataset {
  return {
    card,
    read(split: Split, indices, fields, spare = {}) {
      const picked = pickRows(rows[split], indices, split, card.id);
      return Object.fromEntries(
        fields.map((field) => [
          field,
          field === 'index'
            ? { data: Int32Array.from(indices), shape: [indices.length] }
            : gather(required(columns[field], `field ${field} of ${card.id}`), picked, spare[field]?.data),
        ]),
      );
    },
  };
}

function gather(column: HostArray, rows: Int32Array, spare?: HostArray['data']): HostArray {
  const size = column.shape.slice(1).reduce((product, length) => product * length, 1);
  const shape = [rows.length, ...column.shape.slice(1)];
  const { data } = column;
  if (Array.isArray(data)) {
    invariant(size === 1, 'text columns hold one text a row');
    return { data: Array.from(rows, (row) => data[row] ?? ''), shape };
  }
  const out = spaceLike(data, rows.length * size, spare);
  rows.forEach((row, place) => {
    out.set(data.subarray(row * size, (row + 1) * size), place * size);
  });
  return { data: out, shape };
}

/** An array of the same type; `spare` itself where it fits. */
function spaceLike<T extends Numbers>(like: T, length: number, spare?: HostArray['data']): T {
  const make = like.constructor as new (length: number) => T;
  return spare instanceof make && spare.length === length ? spare : new make(length);
}
