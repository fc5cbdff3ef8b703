import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'cos',
  version: 1,
  title: 'Cosine',
  summary: 'The cosine of every number.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['cosinus', 'wave', 'angle', 'trigonometric'],
  icon: 'math-cos',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['multiply', 'concat', 'reduce'],
};

export const infer: Infer = (context) => inferUnary('Cosine', context, 4, () => [-1, 1]);

export const docs: KindDocs = {
  text: 'A sine that starts at its top. Sine and cosine together say where on a circle a number stands.',
  formula: 'y = cos x',
};

export const examples: KindExample[] = [
  { title: 'A row', inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({ outputs: { y: tf.cos(floatOn(tf, inputs, 'x')) } }),
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, 'Cos'),
  torch: () => torchExpression((x) => `torch.cos(${x})`),
  onnx: () => onnxNode('Cos'),
};
