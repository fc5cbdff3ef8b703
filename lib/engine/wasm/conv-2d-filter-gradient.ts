import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Tf } from '@/lib/nodes/kind';
import {
  type ConvolutionAttributes,
  convolutionInfo,
  padForWindows,
  seenAt,
  windowPositions,
} from './window-positions';

/**
 * Gradient of a 2-D convolution for its kernel, `[height, width, in, out]`: what the windows see, as the rows of one
 * matrix, times the gradient of the output. The transposition is a kernel of its own, since only the product of two
 * untransposed matrices is a fast one in the WebAssembly backend.
 */
export function conv2dFilterGradient(
  tf: Tf,
  x: Tensor4D,
  dy: Tensor4D,
  filterShape: [number, number, number, number],
  attributes: ConvolutionAttributes,
): Tensor4D {
  const info = convolutionInfo(tf, x.shape, filterShape, attributes, false);
  const padded = padForWindows(tf, x, info);
  const columns = windowPositions(info).map(({ row, column }) => seenAt(tf, padded, info, row, column));
  const windows = info.batchSize * info.outHeight * info.outWidth;
  const seen = tf.reshape(tf.concat(columns, 3), [windows, info.filterHeight * info.filterWidth * info.inChannels]);
  const product = tf.matMul(tf.transpose(seen) as Tensor2D, tf.reshape(dy, [windows, info.outChannels]) as Tensor2D);
  return tf.reshape(product, filterShape) as Tensor4D;
}
