import { flopsPerExample, rankProblem, specOn, textProblem, unknownOutput } from '../common/inference';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'unit-norm',
  version: 1,
  title: 'Unit norm',
  summary: 'Scales each row to length one.',
  category: 'normalisation',
  makes: 'op',
  role: 'op',
  aliases: ['l2 normalise', 'normalize', 'unit vector', 'cosine', 'embedding'],
  icon: 'vector',
  fields: {},
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['matmul', 'dense'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Unit norm', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length === 0) return unknownOutput(rankProblem('Unit norm', 'x', x, [2]));
  const meaning = x.meaning === 'latent' ? 'latent' : 'features';
  return {
    outputs: { y: { shape: x.shape, dtype: 'float32', meaning, range: [-1, 1] } },
    flops: flopsPerExample(x.shape, 4),
  };
}

export const docs: KindDocs = {
  text: 'Only the direction of a row is left: it is divided by its length along the last axis. The product of two such rows is the cosine of the angle between them.',
  formula: 'y = x / max(‖x‖₂, 10⁻¹²)',
  source: 'Keras 3 UnitNormalization',
};

export const examples: KindExample[] = [
  { title: 'Rows', inputs: { x: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'features' }] } },
  { title: 'Every step', inputs: { x: [{ shape: ['batch', 3, 4], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const squares = tf.maximum(tf.sum(tf.square(x), -1, true), 1e-24);
    return { outputs: { y: tf.mul(x, tf.rsqrt(squares)) } };
  },
};

export const emit: Emit = {
  keras: () => [{ className: 'UnitNormalization', config: { axis: -1 }, weights: [] }],
  torch: () => torchExpression((x, place) => `F.normalize(${x}, dim=${place.axis(-1)})`),
  onnx: () =>
    onnxNodes((x, { node, constant, axis }) => {
      const length = node('ReduceL2', [x], { axes: [axis(-1)], keepdims: 1 });
      return node('Div', [x, node('Max', [length, constant(1e-12)])]);
    }),
};
