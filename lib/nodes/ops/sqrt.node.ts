import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'sqrt',
  version: 1,
  title: 'Square root',
  summary: 'The square root of every number.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['root', 'sqrt'],
  icon: 'square-root',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['reduce', 'multiply', 'as-loss'],
};

export const infer: Infer = (context) => inferUnary('Square root', context, 1);

export const docs: KindDocs = {
  text: 'The number whose square it is. At zero the slope is infinite: add a little first.',
  formula: 'y = √x',
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
    return { outputs: { y: tf.sqrt(x) } };
  },
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, 'Sqrt'),
  torch: () => torchExpression((x) => `torch.sqrt(${x})`),
  onnx: () => onnxNode('Sqrt'),
};
