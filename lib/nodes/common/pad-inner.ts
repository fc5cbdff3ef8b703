import type { Tensor, Tf } from '../kind';

/** Zeros around the inner axes of `[batch, …inner, channels]`. */
export function padInner(tf: Tf, x: Tensor, before: number[], after: number[]): Tensor {
  if ([...before, ...after].every((size) => size === 0)) return x;
  const margins = before.map((size, axis): [number, number] => [size, after[axis] ?? 0]);
  return tf.pad(x, [[0, 0], ...margins, [0, 0]]);
}
