import { productOf } from '@/lib/tensor/conv-arithmetic';
import { rankProblem, specOn, unknownOutput } from '../common/inference';
import { onnxNodes } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KerasLayer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'flatten',
  version: 1,
  title: 'Flatten',
  summary: 'Lines up all numbers of an example in one row.',
  category: 'core',
  makes: 'op',
  role: 'op',
  aliases: ['ravel', 'vector', 'unroll'],
  icon: 'stack-2',
  fields: {},
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'dropout'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (!x?.shape) return unknownOutput();
  const [batch, ...rest] = x.shape;
  if (batch === undefined) return unknownOutput(rankProblem('Flatten', 'x', x, [1, 2, 3, 4]));
  const meaning = x.meaning === 'image' ? 'features' : x.meaning;
  return { outputs: { y: { ...x, meaning, shape: [batch, productOf(rest)] } } };
}

export const docs: KindDocs = {
  text: 'Turns a picture (or any block of numbers) into one long row, as Dense layers want it. Nothing is computed.',
  formula: 'y[(i·w + j)·c + k] = x[i, j, k]',
  source: 'Keras 3 Flatten',
};

export const examples: KindExample[] = [
  {
    title: 'A picture',
    inputs: { x: [{ shape: ['batch', 4, 3, 2], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
  { title: 'Single numbers', inputs: { x: [{ shape: ['batch'], dtype: 'float32', meaning: 'score' }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const x = tensorOn(inputs, 'x');
    const size = x.shape.slice(1).reduce((product, dim) => product * dim, 1);
    return { outputs: { y: tf.reshape(x, [x.shape[0] ?? 1, size]) } };
  },
};

export const emit: Emit = {
  keras({ inputs, outputs }) {
    const layer: KerasLayer = { className: 'Flatten', config: { data_format: 'channels_last' }, weights: [] };
    const size = outputs.y?.shape?.[1];
    const rank = inputs.x?.[0]?.shape?.length ?? 0;
    // TensorFlow.js' Flatten refuses what has fewer than three axes.
    if (rank < 3 && typeof size === 'number') layer.tfjs = { className: 'Reshape', config: { target_shape: [size] } };
    return [layer];
  },
  torch: ({ inputs }) =>
    torchExpression((x) => (inputs.x?.[0]?.shape?.length === 1 ? `${x}.unsqueeze(1)` : `${x}.flatten(1)`), {
      takes: 'any',
    }),
  onnx: () => onnxNodes((x, { node, constant }) => node('Reshape', [x, constant([0, -1], 'int64')]), { takes: 'any' }),
};
