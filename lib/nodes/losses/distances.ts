import { EPSILON } from '../common/scores';
import type { Field } from '../field';
import type { Tensor, Tf } from '../kind';

/** Vectors stand along the last axis. */

/** Vectors of length 1; a zero vector stays zero. */
export const unitVectors = (tf: Tf, x: Tensor): Tensor =>
  tf.div(x, tf.sqrt(tf.maximum(tf.sum(tf.square(x), -1, true), EPSILON ** 2)));

export const distanceField = (): Field => ({
  type: 'choice',
  title: 'Distance',
  default: 'euclidean',
  choices: [
    { value: 'euclidean', title: 'Euclidean', help: 'The length of the difference.' },
    { value: 'squared', title: 'Squared', help: 'The squared length of the difference.' },
    { value: 'cosine', title: 'Cosine', help: '1 minus the cosine of the angle between.' },
  ],
});

/** Where two vectors are equal the root has no slope, so that it is kept a little off zero. */
const SMALLEST_SQUARE = 1e-12;

/** Distances of the vectors of two tensors of one shape: one axis fewer. */
export function distanceBetween(tf: Tf, a: Tensor, b: Tensor, kind: string): Tensor {
  if (kind === 'cosine') return tf.sub(1, tf.sum(tf.mul(unitVectors(tf, a), unitVectors(tf, b)), -1));
  const squared = tf.sum(tf.square(tf.sub(a, b)), -1);
  return kind === 'squared' ? squared : tf.sqrt(tf.add(squared, SMALLEST_SQUARE));
}
