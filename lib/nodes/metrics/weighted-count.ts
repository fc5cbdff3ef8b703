import { weightsLike } from '../common/loss';
import type { Tensor, Tf } from '../kind';

/** Totals of a mean over examples: `sum` of the weighted values and `weight`, both scalars that add up over batches. */
export function weightedSums(tf: Tf, values: Tensor, sampleWeight: Tensor | undefined): Record<string, Tensor> {
  const weights = sampleWeight === undefined ? tf.ones(values.shape) : weightsLike(tf, values, sampleWeight);
  return { sum: tf.sum(tf.mul(values, weights)), weight: tf.sum(weights) };
}

/** The mean of the totals; NaN of nothing. */
export const weightedMean = (totals: Record<string, ArrayLike<number>>): number =>
  (totals.sum?.[0] ?? 0) / (totals.weight?.[0] ?? 0);
