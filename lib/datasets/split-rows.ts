import type { Split } from './card';

/** Row numbers of each split, in the order in which the split lists them. */
export type SplitRows = Record<Split, Int32Array>;

/** A 32-bit mixer (the finaliser of MurmurHash3, A. Appleby, 2011): scatters row numbers evenly. */
function scatter(row: number): number {
  let h = Math.imul(row + 1, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Splits rows 80/10/10, each class by itself, so that every split has all classes in the same proportions. Which row
 * goes where depends only on its number: the same data gives the same split everywhere. Within a split the classes are
 * mixed, so that its first rows show all of them.
 * @param rows how many there are
 * @param labels class of each row; without it all rows are one class
 */
export function splitRows(rows: number, labels?: ArrayLike<number>): SplitRows {
  const byClass = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const label = labels?.[row] ?? 0;
    const members = byClass.get(label);
    if (members) members.push(row);
    else byClass.set(label, [row]);
  }
  const split: Record<Split, number[]> = { train: [], validation: [], test: [] };
  for (const members of byClass.values()) {
    const order = inScatteredOrder(members);
    const held = Math.round(order.length / 10);
    split.validation.push(...order.slice(0, held));
    split.test.push(...order.slice(held, 2 * held));
    for (const row of order.slice(2 * held)) split.train.push(row);
  }
  return {
    train: Int32Array.from(inScatteredOrder(split.train)),
    validation: Int32Array.from(inScatteredOrder(split.validation)),
    test: Int32Array.from(inScatteredOrder(split.test)),
  };
}

const inScatteredOrder = (rows: number[]): number[] => [...rows].sort((a, b) => scatter(a) - scatter(b) || a - b);

/** Rows `from` to `to` (exclusive), in order. */
export const rowRange = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from }, (_, i) => from + i);
