import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Tf } from '@/lib/nodes/kind';
import {
  type ConvolutionAttributes,
  convolutionInfo,
  handBack,
  padForWindows,
  seenAt,
  windowPositions,
} from './window-positions';

/** Gradient of a depthwise convolution for its kernel, `[height, width, channels, multiplier]`. */
export function depthwiseFilterGradient(
  tf: Tf,
  x: Tensor4D,
  dy: Tensor4D,
  filterShape: [number, number, number, number],
  attributes: ConvolutionAttributes,
): Tensor4D {
  const info = convolutionInfo(tf, x.shape, filterShape, attributes, true);
  const padded = padForWindows(tf, x, info);
  const [, , channels, multiplier] = filterShape;
  const windows = info.batchSize * info.outHeight * info.outWidth;
  const gradient = tf.reshape(dy, [windows, channels, multiplier]);
  const places = windowPositions(info).map(({ row, column }) => {
    const seen = tf.reshape(seenAt(tf, padded, info, row, column), [windows, channels, 1]);
    return tf.sum(tf.mul(seen, gradient), 0);
  });
  return tf.reshape(tf.stack(places), filterShape) as Tensor4D;
}

/** Gradient of a depthwise convolution for its input: every window hands its part back to the places that it saw. */
export function depthwiseInputGradient(
  tf: Tf,
  dy: Tensor4D,
  filter: Tensor4D,
  inputShape: [number, number, number, number],
  attributes: ConvolutionAttributes,
): Tensor4D {
  const info = convolutionInfo(tf, inputShape, filter.shape, attributes, true);
  const [, , channels, multiplier] = filter.shape;
  const parts = tf.reshape(dy, [info.batchSize, info.outHeight, info.outWidth, channels, multiplier]);
  return handBack(tf, info, ({ row, column }) => {
    const weights = tf.slice(filter, [row, column, 0, 0], [1, 1, channels, multiplier]);
    return tf.sum(tf.mul(parts, tf.reshape(weights, [channels, multiplier])), 4) as Tensor4D;
  });
}
