import type { backend_util, Tensor4D } from '@tensorflow/tfjs-core';
import type { Tf } from '@/lib/nodes/kind';

type ConvInfo = backend_util.Conv2DInfo;
type Padding = ConvolutionAttributes['pad'];

/** The attributes that TensorFlow.js gives to the kernels of 2-D convolutions and their gradients. */
export interface ConvolutionAttributes {
  strides: [number, number] | number;
  dilations?: [number, number] | number;
  pad: 'valid' | 'same' | number | [[number, number], [number, number], [number, number], [number, number]];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Sizes of a 2-D convolution over `[batch, height, width, channels]` with a kernel `[height, width, in, out]`. */
export function convolutionInfo(
  tf: Tf,
  inputShape: [number, number, number, number],
  filterShape: [number, number, number, number],
  attributes: ConvolutionAttributes,
  depthwise: boolean,
): ConvInfo {
  const { strides, dilations = 1, pad, dimRoundingMode } = attributes;
  return tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    dilations,
    pad as Exclude<Padding, undefined>,
    dimRoundingMode,
    depthwise,
  );
}

export interface PoolAttributes {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** The same for 2-D pooling. */
export function poolInfo(tf: Tf, inputShape: [number, number, number, number], attributes: PoolAttributes): ConvInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  return tf.backend_util.computePool2DInfo(inputShape, filterSize, strides, 1, pad, dimRoundingMode);
}

/** Rows and columns of the padded input that some window touches. */
const touchedRows = (info: ConvInfo): number => (info.outHeight - 1) * info.strideHeight + info.effectiveFilterHeight;
const touchedColumns = (info: ConvInfo): number => (info.outWidth - 1) * info.strideWidth + info.effectiveFilterWidth;

/** `x` with `value` around it, so that window (row, column) starts at (row · stride, column · stride). */
export function padForWindows(tf: Tf, x: Tensor4D, info: ConvInfo, value = 0): Tensor4D {
  const { top, left } = info.padInfo;
  const bottom = Math.max(0, touchedRows(info) - top - info.inHeight);
  const right = Math.max(0, touchedColumns(info) - left - info.inWidth);
  if (top === 0 && left === 0 && bottom === 0 && right === 0) return x;
  const margins: [number, number][] = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return tf.pad(x, margins, value);
}

/** One place inside the kernel: its row and column. */
export function windowPositions(info: ConvInfo): { row: number; column: number }[] {
  const positions: { row: number; column: number }[] = [];
  for (let row = 0; row < info.filterHeight; row++)
    for (let column = 0; column < info.filterWidth; column++) positions.push({ row, column });
  return positions;
}

/** What every window sees at one place of the kernel: `[batch, outHeight, outWidth, channels]` of the padded input. */
export function seenAt(tf: Tf, padded: Tensor4D, info: ConvInfo, row: number, column: number): Tensor4D {
  const begin: [number, number, number, number] = [0, row * info.dilationHeight, column * info.dilationWidth, 0];
  const height = (info.outHeight - 1) * info.strideHeight + 1;
  const width = (info.outWidth - 1) * info.strideWidth + 1;
  const [batch, , , channels] = padded.shape;
  if (info.strideHeight === 1 && info.strideWidth === 1)
    return tf.slice(padded, begin, [batch, height, width, channels]);
  const end = [batch, begin[1] + height, begin[2] + width, channels];
  return tf.stridedSlice(padded, begin, end, [1, info.strideHeight, info.strideWidth, 1]) as Tensor4D;
}

/** Puts `rows − 1` zero rows behind each row and `columns − 1` zeros behind each column. */
function spread(tf: Tf, x: Tensor4D, rows: number, columns: number): Tensor4D {
  if (rows === 1 && columns === 1) return x;
  const [batch, height, width, channels] = x.shape;
  const behind = (count: number): [number, number][] => [
    [0, 0],
    [0, count - 1],
    [0, 0],
  ];
  const wide = tf.pad(tf.reshape(x, [batch * height * width, 1, channels]), behind(columns));
  const tall = tf.pad(tf.reshape(wide, [batch * height, 1, width * columns * channels]), behind(rows));
  return tf.reshape(tall, [batch, height * rows, width * columns, channels]) as Tensor4D;
}

/**
 * The reverse of `seenAt`, summed over the places of the window: `part` says what each window
 * (`[batch, outHeight, outWidth, channels]`) hands back to the pixel that it saw at a place. Answers the input's shape.
 */
export function handBack(
  tf: Tf,
  info: ConvInfo,
  part: (position: { row: number; column: number }) => Tensor4D,
): Tensor4D {
  const { top, left } = info.padInfo;
  const rows = Math.max(touchedRows(info) + info.strideHeight - 1, top + info.inHeight);
  const columns = Math.max(touchedColumns(info) + info.strideWidth - 1, left + info.inWidth);
  let total: Tensor4D | undefined;
  for (const position of windowPositions(info)) {
    const spreadOut = spread(tf, part(position), info.strideHeight, info.strideWidth);
    const [, height, width] = spreadOut.shape;
    const above = position.row * info.dilationHeight;
    const before = position.column * info.dilationWidth;
    const placed = tf.pad(spreadOut, [
      [0, 0],
      [above, rows - above - height],
      [before, columns - before - width],
      [0, 0],
    ]);
    total = total === undefined ? placed : tf.add(total, placed);
  }
  if (total === undefined) throw new Error('Invariant: a window has at least one place');
  return tf.slice(total, [0, top, left, 0], [info.batchSize, info.inHeight, info.inWidth, info.inChannels]);
}
