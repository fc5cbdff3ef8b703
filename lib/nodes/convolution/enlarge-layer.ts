import type { Dim } from '@/lib/tensor/spec';
import { GRID, type GridRank, gridOn, sizeField, sizesOf } from '../common/grid';
import { specOn, unknownOutput } from '../common/inference';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression, torchSize } from '../common/torch-layer';
import type { Emit, InferContext, Inference, OpRun, Tensor, Tf } from '../kind';

/** Sequences and volumes made larger by whole factors. Pictures, which may be smoothed, have a file of their own. */

export const enlargeFields = (rank: GridRank) => ({
  size: sizeField(rank, {
    title: 'Factor',
    default: 2,
    max: 64,
    essential: true,
    help: `How often ${GRID[rank].places} are repeated along each axis.`,
  }),
});

export function inferEnlarge(title: string, rank: GridRank, { params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const grid = gridOn(title, 'x', x, rank);
  if (grid === null || x === undefined) return unknownOutput();
  if ('problems' in grid) return unknownOutput(...grid.problems);
  const factors = sizesOf(params, 'size');
  const inner = grid.inner.map((dim, axis) => times(dim, factors[axis] ?? 1));
  return { outputs: { y: { ...x, dtype: 'float32', shape: [grid.batch, ...inner, grid.channels] } } };
}

const times = (dim: Dim, by: number): Dim => {
  if (by === 1 || dim === null) return dim;
  if (typeof dim === 'number') return dim * by;
  return typeof dim === 'string' ? { of: dim, times: by } : { of: dim.of, times: dim.times * by };
};

/** Each place of an axis, `factor` times in a row. */
export function repeatAlong(tf: Tf, x: Tensor, axis: number, factor: number): Tensor {
  if (factor === 1) return x;
  const size = (shape: number[]) => shape.reduce((product, dim) => product * dim, 1);
  const [outer, inner] = [size(x.shape.slice(0, axis + 1)), size(x.shape.slice(axis + 1))];
  const shape = x.shape.map((length, at) => (at === axis ? length * factor : length));
  return tf.reshape(tf.broadcastTo(tf.reshape(x, [outer, 1, inner]), [outer, factor, inner]), shape);
}

export const runEnlarge: OpRun = (tf, { params, inputs }) => {
  const x = floatOn(tf, inputs, 'x');
  const y = sizesOf(params, 'size').reduce((tensor, factor, axis) => repeatAlong(tf, tensor, axis + 1, factor), x);
  return { outputs: { y: tf.clone(y) } };
};

export const emitEnlarge = (rank: GridRank): Emit => ({
  keras({ params }) {
    const size = sizesOf(params, 'size');
    const config = rank === 1 ? { size: size[0] ?? 1 } : { size, data_format: 'channels_last' };
    return [{ className: `UpSampling${rank}D`, config, weights: [] }];
  },
  torch: ({ params }) =>
    torchExpression((x) => `F.interpolate(${x}, scale_factor=${torchSize(sizesOf(params, 'size'))}, mode="nearest")`, {
      channels: 'first',
    }),
  onnx: ({ params }) =>
    onnxNodes(
      (x, { node, constant }) =>
        node('Resize', [x, '', constant([1, 1, ...sizesOf(params, 'size')])], {
          mode: 'nearest',
          coordinate_transformation_mode: 'asymmetric',
          nearest_mode: 'floor',
        }),
      { channels: 'first' },
    ),
});
