import { type GridRank, gridOn } from '../common/grid';
import { flopsPerExample, specOn, unknownOutput } from '../common/inference';
import { onnxPass } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchLayer } from '../common/torch-layer';
import type { Emit, InferContext, Inference, OpRun } from '../kind';
import { silenced } from './random-layer';

/** Dropout of whole channels of sequences, pictures and volumes. */

export function inferSpatialDropout(title: string, rank: GridRank, { inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const grid = gridOn(title, 'x', x, rank);
  if (grid === null || x === undefined) return unknownOutput();
  if ('problems' in grid) return unknownOutput(...grid.problems);
  const { range: _, ...rest } = x;
  return { outputs: { y: { ...rest, dtype: 'float32' } }, flops: flopsPerExample(x.shape, 2) };
}

export const runSpatialDropout: OpRun = (tf, context) => {
  const x = floatOn(tf, context.inputs, 'x');
  const shape = x.shape.map((size, axis) => (axis === 0 || axis === x.rank - 1 ? size : 1));
  return { outputs: { y: silenced(tf, context, x, shape) } };
};

export const emitSpatialDropout = (rank: GridRank): Emit => ({
  keras({ params }) {
    const format = rank === 1 ? {} : { data_format: 'channels_last' };
    const config = { rate: numberOf(params, 'rate'), ...format };
    // In use all of them do nothing, so TensorFlow.js' plain dropout stands for those that it lacks.
    const tfjs = rank === 1 ? {} : { tfjs: { className: 'Dropout' } };
    return [{ className: `SpatialDropout${rank}D`, config, weights: [], ...tfjs }];
  },
  torch: ({ params }) => torchLayer(`nn.Dropout${rank}d(${numberOf(params, 'rate')})`, { channels: 'first' }),
  onnx: onnxPass,
});
