/** Where channels stand in a tensor of three and more axes: at the end, as here, or right after the batch. */
export type Axes = 'last' | 'first';

/** The transposition that moves the last axis to place 1: `[0, 3, 1, 2]`. */
export const lastToFirst = (rank: number): number[] => [0, rank - 1, ...range(1, rank - 1)];

/** The transposition that moves axis 1 to the end: `[0, 2, 3, 1]`. */
export const firstToLast = (rank: number): number[] => [0, ...range(2, rank), 1];

/** Where one of our axes (negative: from the end) stands. */
export function placedAxis(axis: number, rank: number, axes: Axes): number {
  const own = axis < 0 ? rank + axis : axis;
  if (axes === 'last' || rank < 3 || own === 0) return own;
  return own === rank - 1 ? 1 : own + 1;
}

/** A shape of ours in that order. */
export function placedShape<T>(shape: readonly T[], axes: Axes): T[] {
  const last = shape.at(-1);
  if (axes === 'last' || shape.length < 3 || last === undefined) return [...shape];
  return [...shape.slice(0, 1), last, ...shape.slice(1, -1)];
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);
