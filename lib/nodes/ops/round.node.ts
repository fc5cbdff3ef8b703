import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'round',
  version: 1,
  title: 'Round',
  summary: 'The nearest whole number.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['nearest integer', 'quantise', 'discretise'],
  icon: 'decimal',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  grad: [],
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['multiply', 'concat', 'reduce'],
};

export const infer: Infer = (context) => inferUnary('Round', context, 1);

export const docs: KindDocs = {
  text: 'The nearest whole number; halves go to the even one. It has no slope anywhere, so nothing can be learned through it.',
  formula: 'y = round x, halves to even',
};

export const examples: KindExample[] = [
  { title: 'A row', inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({ outputs: { y: tf.round(floatOn(tf, inputs, 'x')) } }),
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, 'Round'),
  torch: () => torchExpression((x) => `torch.round(${x})`),
  onnx: () => onnxNode('Round'),
};
