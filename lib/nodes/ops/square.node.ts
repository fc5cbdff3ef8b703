import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'square',
  version: 1,
  title: 'Square',
  summary: 'Multiplies every number by itself.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['squared', 'power', 'x²'],
  icon: 'superscript',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['reduce', 'multiply', 'as-loss'],
};

export const infer: Infer = (context) => inferUnary('Square', context, 1);

export const docs: KindDocs = {
  text: 'Squares are never negative and grow fast: errors become penalties.',
  formula: 'y = x²',
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
    return { outputs: { y: tf.square(x) } };
  },
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, 'Square'),
  torch: () => torchExpression((x) => `${x} ** 2`),
  onnx: () => onnxNodes((x, { node }) => node('Mul', [x, x])),
};
