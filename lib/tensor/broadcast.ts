import { type Dim, sameDim } from './spec';

export type Broadcast = { shape: Dim[] | null } | { conflict: { axis: number; left: Dim; right: Dim } };

/**
 * NumPy broadcasting with symbols: axes are aligned at the end, 1 gives way to anything, an unknown size to a known one
 * other than 1. `conflict.axis` counts from the end, starting at -1. Ranks that are not known give an unknown rank.
 */
export function broadcastShapes(a: readonly Dim[] | null, b: readonly Dim[] | null): Broadcast {
  if (a === null || b === null) return { shape: null };
  const rank = Math.max(a.length, b.length);
  const shape: Dim[] = [];
  for (let axis = -rank; axis < 0; axis++) {
    const left = a.length + axis < 0 ? 1 : (a[a.length + axis] ?? null);
    const right = b.length + axis < 0 ? 1 : (b[b.length + axis] ?? null);
    const dim = broadcastDim(left, right);
    if (dim === undefined) return { conflict: { axis, left, right } };
    shape.push(dim);
  }
  return { shape };
}

function broadcastDim(left: Dim, right: Dim): Dim | undefined {
  if (left === 1) return right;
  if (right === 1) return left;
  if (left === null) return right;
  if (right === null) return left;
  return sameDim(left, right) ? left : undefined;
}
