import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'sin',
  version: 1,
  title: 'Sine',
  summary: 'The sine of every number.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['sinus', 'wave', 'angle', 'trigonometric'],
  icon: 'math-sin',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['multiply', 'concat', 'reduce'],
};

export const infer: Infer = (context) => inferUnary('Sine', context, 4, () => [-1, 1]);

export const docs: KindDocs = {
  text: 'A wave of length 2π: it repeats for ever. Of numbers that grow it makes features that come back, such as the hour of a day.',
  formula: 'y = sin x',
};

export const examples: KindExample[] = [
  { title: 'A row', inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({ outputs: { y: tf.sin(floatOn(tf, inputs, 'x')) } }),
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, 'Sin'),
  torch: () => torchExpression((x) => `torch.sin(${x})`),
  onnx: () => onnxNode('Sin'),
};
