import { required } from '@/lib/base/invariant';
import { kernelExtent, transposedDim } from '@/lib/tensor/conv-arithmetic';
import type { GridWindow } from '../common/grid';
import type { Tensor, Tensor4D, Tf } from '../kind';

/**
 * Transposed convolution of `[batch, …inner, channels]` with one to three inner axes and `kernel`
 * `[…window, filters, channels]`: each place paints its pattern into a larger grid. Made of 2-D ones.
 */
export function convolveTransposed(tf: Tf, x: Tensor, kernel: Tensor, window: GridWindow): Tensor {
  const { stride, dilation } = window;
  const wide = dilation.reduce((tensor, rate, axis) => spread(tf, tensor, axis, rate, 'between'), kernel);
  const padding = window.padding === 'same' ? 'same' : 'valid';
  if (x.rank === 5) return volumes(tf, x, wide, stride, padding);
  if (x.rank === 4) return pictures(tf, x as Tensor4D, wide as Tensor4D, stride, padding);
  const picture = tf.expandDims(x, 1) as Tensor4D;
  const answer = pictures(tf, picture, tf.expandDims(wide, 0) as Tensor4D, [1, ...stride], padding);
  return tf.squeeze(answer, [1]);
}

function pictures(tf: Tf, x: Tensor4D, kernel: Tensor4D, stride: number[], padding: 'same' | 'valid'): Tensor {
  const [batch, rows, columns] = x.shape;
  const [down = 1, right = 1] = stride;
  const height = Number(transposedDim(rows, kernel.shape[0], down, padding));
  const width = Number(transposedDim(columns, kernel.shape[1], right, padding));
  return tf.conv2dTranspose(x, kernel, [batch, height, width, kernel.shape[2]], [down, right], padding);
}

/** Every slice of a volume paints one picture for each slice of the kernel; those that meet add up. */
function volumes(tf: Tf, x: Tensor, kernel: Tensor, stride: number[], padding: 'same' | 'valid'): Tensor {
  const [batch = 1, depth = 1, height = 1, width = 1, channels = 1] = x.shape;
  const [slices = 1, rows = 1, columns = 1, filters = 1] = kernel.shape;
  const [step = 1, ...rest] = stride;
  const flat = tf.reshape(tf.transpose(kernel, [1, 2, 0, 3, 4]), [rows, columns, slices * filters, channels]);
  const planes = tf.reshape(x, [batch * depth, height, width, channels]) as Tensor4D;
  const painted = pictures(tf, planes, flat as Tensor4D, rest, padding);
  const [, high = 1, wide = 1] = painted.shape;
  const all = tf.reshape(painted, [batch, depth, high, wide, slices * filters]);
  // A split into one has no gradient in TensorFlow.js.
  const parts = slices === 1 ? [all] : tf.split(all, slices, 4);

  const deep = Number(transposedDim(depth, slices, step, padding));
  const cut = padding === 'same' ? Math.floor(Math.max(0, slices - step) / 2) : 0;
  const whole = Math.max(depth * step + slices - 1, deep + cut);
  const placed = parts.map((part, at) => {
    const apart = spread(tf, part, 1, step, 'behind');
    const after = whole - at - (apart.shape[1] ?? 0);
    return tf.pad(apart, [
      [0, 0],
      [at, after],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });
  const total = placed.reduce((sum, one) => tf.add(sum, one));
  return tf.slice(required(total, 'slices'), [0, cut, 0, 0, 0], [batch, deep, high, wide, filters]);
}

/** Zeros between the places of an axis so that they are `rate` apart, and as many behind the last one if asked. */
function spread(tf: Tf, x: Tensor, axis: number, rate: number, where: 'between' | 'behind'): Tensor {
  if (rate === 1) return x;
  const length = x.shape[axis] ?? 1;
  const size = (shape: number[]) => shape.reduce((product, dim) => product * dim, 1);
  const [outer, inner] = [size(x.shape.slice(0, axis)), size(x.shape.slice(axis + 1))];
  const apart = tf.pad(tf.reshape(x, [outer * length, 1, inner]), [
    [0, 0],
    [0, rate - 1],
    [0, 0],
  ]);
  const rows = tf.reshape(apart, [outer, length * rate, inner]);
  const kept = where === 'between' ? kernelExtent(length, rate) : length * rate;
  const shape = [...x.shape];
  shape[axis] = kept;
  return tf.reshape(tf.slice(rows, [0, 0, 0], [outer, kept, inner]), shape);
}
