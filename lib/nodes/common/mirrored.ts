import type { Tensor, Tf } from '../kind';
import { partOf } from './along-axis';

/**
 * Continues an axis at both ends as if there were mirrors: without the outermost place (`skip` 1), or with it (0).
 * TensorFlow.js' own mirror padding hands no gradient from the border to the places that it mirrors.
 */
export function mirrored(tf: Tf, x: Tensor, axis: number, before: number, after: number, skip: 0 | 1): Tensor {
  const length = x.shape[axis] ?? 1;
  const turned = (start: number, size: number): Tensor[] =>
    size === 0 ? [] : [tf.reverse(partOf(tf, x, axis, start, size), axis)];
  return tf.concat([...turned(skip, before), x, ...turned(length - skip - after, after)], axis);
}
