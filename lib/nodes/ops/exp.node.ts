import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'exp',
  version: 1,
  title: 'Exp',
  summary: 'Raises e to every number.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['exponential', 'e^x', 'power'],
  icon: 'math-function',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['reduce', 'multiply', 'as-loss'],
};

export const infer: Infer = (context) => inferUnary('Exp', context, 4);

export const docs: KindDocs = {
  text: 'The exponential function: it turns sums into products, log-variances into variances, and is always positive.',
  formula: 'y = exp(x)',
};

export const examples: KindExample[] = [
  { title: 'A row', inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features', range: [-1, 1] }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const x = floatOn(tf, inputs, 'x');
    return { outputs: { y: tf.exp(x) } };
  },
};

export const emit: Emit = {
  keras: () => [
    {
      className: 'Activation',
      config: { activation: 'exponential' },
      weights: [],
      tfjs: { unsupported: 'TensorFlow.js has no exponential activation' },
    },
  ],
  torch: () => torchExpression((x) => `torch.exp(${x})`),
  onnx: () => onnxNode('Exp'),
};
