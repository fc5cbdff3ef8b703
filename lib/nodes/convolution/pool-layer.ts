import type { Padding } from '@/lib/tensor/conv-arithmetic';
import type { Spec } from '@/lib/tensor/spec';
import { innerAxes } from '../common/conv-emission';
import { paddingField } from '../common/conv-layer';
import {
  GRID,
  type GridRank,
  type GridWindow,
  gridOn,
  placesOf,
  seenWindow,
  sizeField,
  sizesOf,
  slideOver,
} from '../common/grid';
import { specOn, unknownOutput } from '../common/inference';
import { textOf } from '../common/params';
import type { Sliding } from '../common/sliding';
import type { Field } from '../field';
import type { Emit, EmitContext, InferContext, Inference, PlainParams, Tensor, Tensor4D, Tf } from '../kind';
import { onnxAveragePool, onnxMaxPool, torchAveragePool, torchMaxPool } from './pool-emission';

/** Pooling of sequences, pictures and volumes. */

export const poolFields = (rank: GridRank): Record<string, Field> => ({
  size: sizeField(rank, {
    title: 'Size',
    default: 2,
    essential: true,
    help: `How many ${GRID[rank].places} a window holds along each axis.`,
  }),
  stride: sizeField(rank, {
    title: 'Stride',
    default: 2,
    essential: true,
    help: `By how many ${GRID[rank].places} the window moves on; usually its own size.`,
  }),
  padding: paddingField('valid', rank),
});

export const poolWindow = (params: PlainParams): GridWindow => {
  const kernel = sizesOf(params, 'size');
  return {
    kernel,
    stride: sizesOf(params, 'stride'),
    dilation: kernel.map(() => 1),
    padding: textOf(params, 'padding') as Padding,
  };
};

/** The inner axes shrink, channels and the meaning of the numbers stay. */
export function inferPool(title: string, rank: GridRank, { params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const grid = gridOn(title, 'x', x, rank);
  if (grid === null || x === undefined) return unknownOutput();
  if ('problems' in grid) return unknownOutput(...grid.problems);
  const window = poolWindow(params);
  const { inner, problems } = slideOver(title, 'x', x, grid.inner, window);
  const y: Spec = { ...x, dtype: 'float32', shape: [grid.batch, ...inner, grid.channels] };
  const size = window.kernel.reduce((product, length) => product * length, 1);
  const channels = typeof grid.channels === 'number' ? grid.channels : 0;
  return { outputs: { y }, flops: placesOf(inner) * channels * size, window: seenWindow(window), problems };
}

type Pool2D = (x: Tensor4D, size: [number, number], stride: [number, number], padding: Padding) => Tensor;

/**
 * Pools of one to three inner axes by a 2-D pool: a sequence is a picture of height 1; a volume is pooled slice by slice, and
 * then along its slices. Both the largest and the mean (of what lies inside) are the same in two steps.
 */
export function pool(tf: Tf, x: Tensor, { kernel, stride, padding }: GridWindow, pool2D: Pool2D): Tensor {
  const pad: Padding = padding === 'same' ? 'same' : 'valid';
  const [first = 1, second = 1, third = 1] = kernel;
  const [along = 1, down = 1, right = 1] = stride;
  if (x.rank === 4) return pool2D(x as Tensor4D, [first, second], [along, down], pad);
  if (x.rank === 3) return tf.squeeze(pool2D(tf.expandDims(x, 1) as Tensor4D, [1, first], [1, along], pad), [1]);
  const [batch = 1, depth = 1, height = 1, width = 1, channels = 1] = x.shape;
  const planes = tf.reshape(x, [batch * depth, height, width, channels]) as Tensor4D;
  const smaller = pool2D(planes, [second, third], [down, right], pad);
  const [, high = 1, wide = 1] = smaller.shape;
  const slices = tf.reshape(smaller, [batch, depth, high * wide, channels]) as Tensor4D;
  const answer = pool2D(slices, [first, 1], [along, 1], pad);
  return tf.reshape(answer, [batch, answer.shape[1] ?? 1, high, wide, channels]);
}

export const maxPool = (tf: Tf, x: Tensor, window: GridWindow): Tensor =>
  pool(tf, x, window, (picture, size, stride, padding) => tf.maxPool(picture, size, stride, padding));

export const averagePool = (tf: Tf, x: Tensor, window: GridWindow): Tensor =>
  pool(tf, x, window, (picture, size, stride, padding) => tf.avgPool(picture, size, stride, padding));

type Emitted = Pick<Required<Emit>, 'torch' | 'onnx'>;

const emitPool = (className: string, rank: GridRank, rest: Emitted): Emit => ({
  keras({ params }) {
    const { kernel, stride, padding } = poolWindow(params);
    const config = { pool_size: kernel, strides: stride, padding, data_format: 'channels_last' };
    return [{ className: `${className}${rank}D`, config, weights: [] }];
  },
  ...rest,
});

const sliding = (context: EmitContext): Sliding => {
  const { kernel, stride, padding } = poolWindow(context.params);
  return { kernel, stride, padding, dims: innerAxes(context).dims };
};

export const emitMaxPool = (rank: GridRank): Emit =>
  emitPool('MaxPooling', rank, {
    torch: (context) => torchMaxPool(sliding(context)),
    onnx: (context) => onnxMaxPool(sliding(context)),
  });

export const emitAveragePool = (rank: GridRank): Emit =>
  emitPool('AveragePooling', rank, {
    torch: (context) => torchAveragePool(sliding(context)),
    onnx: (context) => onnxAveragePool(sliding(context)),
  });
