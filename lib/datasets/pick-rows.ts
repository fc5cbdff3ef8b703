import type { Split } from './card';

/** Row numbers of a data set from indices within a split. */
export function pickRows(order: Int32Array, indices: ArrayLike<number>, split: Split, id: string): Int32Array {
  const rows = new Int32Array(indices.length);
  for (let i = 0; i < rows.length; i++) {
    const index = indices[i] ?? -1;
    const row = order[index];
    if (row === undefined) throw new Error(`Invariant: row ${index} of the ${split} split of ${id} is there`);
    rows[i] = row;
  }
  return rows;
}
