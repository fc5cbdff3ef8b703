import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Tf } from '@/lib/nodes/kind';
import { handBack, type PoolAttributes, padForWindows, poolInfo, seenAt } from './window-positions';

/**
 * Gradient of max pooling for its input: each window hands its gradient back to the first place that holds its maximum,
 * as TensorFlow does. (The kernel that TensorFlow.js 4.22 brings for WebAssembly gives wrong numbers.)
 */
export function maxPoolGradient(
  tf: Tf,
  dy: Tensor4D,
  input: Tensor4D,
  output: Tensor4D,
  attributes: PoolAttributes,
): Tensor4D {
  const info = poolInfo(tf, input.shape, attributes);
  const padded = padForWindows(tf, input, info, -3.4e38);
  let left: Tensor4D = dy;
  return handBack(tf, info, ({ row, column }) => {
    const isMaximum = tf.cast(tf.equal(seenAt(tf, padded, info, row, column), output), 'float32');
    const given = tf.mul(left, isMaximum);
    left = tf.sub(left, given);
    return given as Tensor4D;
  });
}
