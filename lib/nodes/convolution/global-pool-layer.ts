import { type GridRank, gridOn, placesOf } from '../common/grid';
import { specOn, unknownOutput } from '../common/inference';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import type { Emit, InferContext, Inference, OpRun } from '../kind';

/** One number for each channel: `[batch, …inner, channels]` becomes `[batch, channels]`. */
export function inferGlobalPool(title: string, rank: GridRank, { inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const grid = gridOn(title, 'x', x, rank);
  if (grid === null || x === undefined) return unknownOutput();
  if ('problems' in grid) return unknownOutput(...grid.problems);
  const { batch, inner, channels } = grid;
  const meaning = x.meaning === 'image' ? 'features' : x.meaning;
  return {
    outputs: { y: { shape: [batch, channels], dtype: 'float32', meaning, ...(x.range && { range: x.range }) } },
    flops: placesOf(inner) * (typeof channels === 'number' ? channels : 0),
    ...(inner.every((dim) => typeof dim === 'number') && {
      window: { size: inner.map(Number), stride: inner.map(Number) },
    }),
  };
}

const inner = (rank: number): number[] => Array.from({ length: rank - 2 }, (_, axis) => axis + 1);

export const runGlobalAverage: OpRun = (tf, { inputs }) => {
  const x = floatOn(tf, inputs, 'x');
  return { outputs: { y: tf.mean(x, inner(x.rank)) } };
};

export const runGlobalMax: OpRun = (tf, { inputs }) => {
  const x = floatOn(tf, inputs, 'x');
  return { outputs: { y: tf.max(x, inner(x.rank)) } };
};

const emitGlobal = (className: string, rank: GridRank, torch: string, onnx: string): Emit => ({
  keras: () => [
    { className: `${className}${rank}D`, config: { data_format: 'channels_last', keepdims: false }, weights: [] },
  ],
  torch: () =>
    torchExpression(
      (x) =>
        `${x}.${torch}(dim=(${inner(rank + 2)
          .map((axis) => axis + 1)
          .join(', ')}))`,
      {
        channels: 'first',
      },
    ),
  onnx: () => onnxNodes((x, { node }) => node('Flatten', [node(onnx, [x])], { axis: 1 }), { channels: 'first' }),
});

export const emitGlobalAverage = (rank: GridRank): Emit =>
  emitGlobal('GlobalAveragePooling', rank, 'mean', 'GlobalAveragePool');

export const emitGlobalMax = (rank: GridRank): Emit => emitGlobal('GlobalMaxPooling', rank, 'amax', 'GlobalMaxPool');
