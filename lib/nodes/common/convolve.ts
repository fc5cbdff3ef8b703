import { required } from '@/lib/base/invariant';
import { convDim } from '@/lib/tensor/conv-arithmetic';
import type { Tensor, Tensor4D, Tf } from '../kind';
import type { GridWindow } from './grid';
import { padInner } from './pad-inner';

/**
 * Convolutions of `[batch, …inner, channels]` with one to three inner axes, made of 2-D convolutions with stride only: of
 * these every engine has first and second gradients, which TensorFlow.js lacks for dilated, grouped and 3-D ones.
 */

/** `kernel`: `[…window, channels / groups, filters]`. */
export function convolve(tf: Tf, x: Tensor, kernel: Tensor, window: GridWindow, groups = 1): Tensor {
  if (groups === 1) return slid(tf, x, kernel, window, plainConvolution);
  const inputs = tf.split(x, groups, x.rank - 1);
  const kernels = tf.split(kernel, groups, kernel.rank - 1);
  return tf.concat(
    inputs.map((input, group) =>
      slid(tf, input, required(kernels[group], 'kernel of a group'), window, plainConvolution),
    ),
    x.rank - 1,
  );
}

/** Each channel with its own filters: `kernel` is `[…window, channels, multiplier]`. One or two inner axes. */
export const convolveDepthwise = (tf: Tf, x: Tensor, kernel: Tensor, window: GridWindow): Tensor =>
  slid(tf, x, kernel, window, depthwiseConvolution);

type Convolution = (tf: Tf, x: Tensor, kernel: Tensor, stride: number[], padding: 'same' | 'valid') => Tensor;

/** Gaps in the window and causal padding, by means of a convolution that has neither. */
function slid(tf: Tf, x: Tensor, kernel: Tensor, window: GridWindow, convolution: Convolution): Tensor {
  const { stride, dilation, padding } = window;
  const inner = x.shape.slice(1, -1);
  const gaps = dilation.some((rate) => rate > 1);
  if (!gaps && padding !== 'causal') return convolution(tf, x, kernel, stride, padding);
  const wide = window.kernel.map((size, axis) => (size - 1) * (dilation[axis] ?? 1));
  const length = (axis: number): number => inner[axis] ?? 1;
  const before = wide.map((extra) => (padding === 'causal' ? extra : padding === 'same' ? Math.floor(extra / 2) : 0));
  const after = wide.map((extra, axis) => (padding === 'same' ? extra - (before[axis] ?? 0) : 0));
  const padded = padInner(tf, x, before, after);
  if (!gaps) return convolution(tf, padded, kernel, stride, 'valid');
  const outputs = wide.map((extra, axis) => length(axis) + (before[axis] ?? 0) + (after[axis] ?? 0) - extra);
  const apart = dilation.reduce((tensor, rate, axis) => takeApart(tf, tensor, axis + 1, rate), padded);
  const answers = convolution(
    tf,
    apart,
    kernel,
    dilation.map(() => 1),
    'valid',
  );
  // The last axis that was taken apart stands first.
  const together = dilation.reduceRight((tensor, rate, axis) => putTogether(tf, tensor, axis + 1, rate), answers);
  return tf.slice(
    together,
    together.shape.map(() => 0),
    [x.shape[0] ?? 1, ...outputs, together.shape.at(-1) ?? 1],
  );
}

/** Every `rate`-th place of an axis becomes a row of the batch (space to batch); the rest of the last one is zeros. */
function takeApart(tf: Tf, x: Tensor, axis: number, rate: number): Tensor {
  if (rate === 1) return x;
  const missing = (rate - ((x.shape[axis] ?? 1) % rate)) % rate;
  const whole = padInner(
    tf,
    x,
    x.shape.slice(1, -1).map(() => 0),
    x.shape.slice(1, -1).map((_, at) => (at === axis - 1 ? missing : 0)),
  );
  const [outer, length, rest] = around(whole.shape, axis);
  const moved = tf.transpose(tf.reshape(whole, [outer, length / rate, rate, rest]), [2, 0, 1, 3]);
  const shape = [...whole.shape];
  shape[axis] = length / rate;
  shape[0] = (shape[0] ?? 1) * rate;
  return tf.reshape(moved, shape);
}

/** The reverse of `takeApart`. */
function putTogether(tf: Tf, x: Tensor, axis: number, rate: number): Tensor {
  if (rate === 1) return x;
  const [outer, length, rest] = around(x.shape, axis);
  const moved = tf.transpose(tf.reshape(x, [rate, outer / rate, length, rest]), [1, 2, 0, 3]);
  const shape = [...x.shape];
  shape[axis] = length * rate;
  shape[0] = (shape[0] ?? 1) / rate;
  return tf.reshape(moved, shape);
}

const product = (sizes: number[]): number => sizes.reduce((total, size) => total * size, 1);

/** How many numbers stand before, on and behind an axis. */
const around = (shape: number[], axis: number): [number, number, number] => [
  product(shape.slice(0, axis)),
  shape[axis] ?? 1,
  product(shape.slice(axis + 1)),
];

const plainConvolution: Convolution = (tf, x, kernel, stride, padding) => {
  if (x.rank === 4) return tf.conv2d(x as Tensor4D, kernel as Tensor4D, stride as [number, number], padding);
  if (x.rank === 3) {
    const answer = tf.conv2d(row(tf, x), frontAxis(tf, kernel), [1, stride[0] ?? 1], padding);
    return withoutHeight(tf, answer);
  }
  return volumes(tf, x, kernel, stride, padding);
};

const depthwiseConvolution: Convolution = (tf, x, kernel, stride, padding) => {
  const step = stride[0] ?? 1;
  if (x.rank === 4) return tf.depthwiseConv2d(x as Tensor4D, kernel as Tensor4D, step, padding);
  return withoutHeight(tf, tf.depthwiseConv2d(row(tf, x), frontAxis(tf, kernel), step, padding));
};

/** A sequence as a picture of height 1. */
const row = (tf: Tf, x: Tensor): Tensor4D => tf.expandDims(x, 1) as Tensor4D;

const frontAxis = (tf: Tf, kernel: Tensor): Tensor4D => tf.expandDims(kernel, 0) as Tensor4D;

const withoutHeight = (tf: Tf, x: Tensor): Tensor => tf.squeeze(x, [1]);

/**
 * A 3-D convolution: what the window sees in each of its slices stands side by side as channels of a picture, and one
 * 2-D convolution adds it all up.
 */
function volumes(tf: Tf, x: Tensor, kernel: Tensor, stride: number[], padding: 'same' | 'valid'): Tensor {
  const [batch = 1, depth = 1, height = 1, width = 1, channels = 1] = x.shape;
  const [slices = 1, rows = 1, columns = 1, , filters = 1] = kernel.shape;
  const [step = 1, down = 1, right = 1] = stride;
  const deep = Number(convDim(depth, slices, step, padding));
  const needed = (deep - 1) * step + slices;
  const before = padding === 'same' ? Math.floor(Math.max(0, needed - depth) / 2) : 0;
  // Room for a whole stride behind the last window, so that every slice can be cut in one piece.
  const after = Math.max(0, needed + step - 1 - depth - before);
  const padded = padInner(tf, x, [before, 0, 0], [after, 0, 0]);
  const plane = height * width * channels;
  const seen = Array.from({ length: slices }, (_, at) => {
    const part = tf.slice(padded, [0, at, 0, 0, 0], [batch, deep * step, height, width, channels]);
    const first = tf.slice(tf.reshape(part, [batch * deep, step, plane]), [0, 0, 0], [batch * deep, 1, plane]);
    return tf.reshape(first, [batch * deep, height, width, channels]);
  });
  const flat = tf.reshape(tf.transpose(kernel, [1, 2, 0, 3, 4]), [rows, columns, slices * channels, filters]);
  const answer = tf.conv2d(tf.concat(seen, 3) as Tensor4D, flat as Tensor4D, [down, right], padding);
  return tf.reshape(answer, [batch, deep, ...answer.shape.slice(1)]);
}
