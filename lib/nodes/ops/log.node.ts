import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'log',
  version: 1,
  title: 'Log',
  summary: 'The natural logarithm of every number.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['ln', 'logarithm', 'log probability'],
  icon: 'math-function',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['reduce', 'multiply', 'as-loss'],
};

export const infer: Infer = (context) => inferUnary('Log', context, 4);

export const docs: KindDocs = {
  text: 'The reverse of Exp. Zero and below have none: clip first.',
  formula: 'y = ln x',
};

export const examples: KindExample[] = [
  {
    title: 'A row',
    inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features', range: [0.2, 3] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const x = floatOn(tf, inputs, 'x');
    return { outputs: { y: tf.log(x) } };
  },
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, 'Log'),
  torch: () => torchExpression((x) => `torch.log(${x})`),
  onnx: () => onnxNode('Log'),
};
