import { flopsPerExample, rankProblem, specOn, textProblem, unknownOutput } from '../common/inference';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { X_INPUT } from '../common/unary';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'log-softmax',
  version: 1,
  title: 'Log-softmax',
  summary: 'Scores as logarithms of probabilities.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['log probabilities', 'log softmax', 'normalised logits'],
  icon: 'math-function-y',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['multiply', 'reduce'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Log-softmax', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length === 0) return unknownOutput(rankProblem('Log-softmax', 'x', x, [2]));
  const { range: _, ...rest } = x;
  return {
    outputs: { y: { ...rest, dtype: 'float32', meaning: 'logits' } },
    flops: flopsPerExample(x.shape, 5),
  };
}

export const docs: KindDocs = {
  text: 'The logarithm of the softmax along the last axis, computed so that small probabilities do not vanish. Its softmax is that of the scores themselves.',
  formula: 'yᵢ = xᵢ − log Σⱼ exp xⱼ',
  source: 'Keras 3 activations.log_softmax',
};

export const examples: KindExample[] = [
  { title: 'Five classes', inputs: { x: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'logits' }] } },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({ outputs: { y: tf.logSoftmax(floatOn(tf, inputs, 'x'), -1) } }),
};

export const emit: Emit = {
  keras: () => [
    {
      className: 'Activation',
      config: { activation: 'log_softmax' },
      weights: [],
      tfjs: { unsupported: 'TensorFlow.js has no such activation' },
    },
  ],
  torch: () => torchExpression((x, place) => `F.log_softmax(${x}, dim=${place.axis(-1)})`),
  onnx: () => onnxNodes((x, { node, axis }) => node('LogSoftmax', [x], { axis: axis(-1) })),
};
