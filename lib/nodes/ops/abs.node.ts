import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'abs',
  version: 1,
  title: 'Absolute value',
  summary: 'The size of every number, without its sign.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['magnitude', 'modulus', 'abs'],
  icon: 'math',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['reduce', 'multiply', 'as-loss'],
};

export const infer: Infer = (context) => inferUnary('Absolute value', context, 1);

export const docs: KindDocs = {
  text: 'How far each number is from zero, on either side.',
  formula: 'y = |x|',
};

export const examples: KindExample[] = [
  {
    title: 'A row',
    inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features', range: [-1.5, 1.5] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const x = floatOn(tf, inputs, 'x');
    return { outputs: { y: tf.abs(x) } };
  },
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, 'Absolute'),
  torch: () => torchExpression((x) => `${x}.abs()`),
  onnx: () => onnxNode('Abs'),
};
