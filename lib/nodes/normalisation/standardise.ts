import type { Tensor, Tf } from '../kind';

/** Mean 0 and variance 1 over these axes: `(x − μ) / √(σ² + ε)`. */
export function standardise(tf: Tf, x: Tensor, axes: number[], epsilon: number): Tensor {
  const { mean, variance } = tf.moments(x, axes, true);
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
}

/** The axes between batch and channels. */
export const innerAxesOf = (x: Tensor): number[] => Array.from({ length: x.rank - 2 }, (_, axis) => axis + 1);
