import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'ceil',
  version: 1,
  title: 'Ceiling',
  summary: 'The whole number just above.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['round up', 'ceil', 'quantise'],
  icon: 'arrow-bar-up',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  grad: [],
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['multiply', 'concat', 'reduce'],
};

export const infer: Infer = (context) => inferUnary('Ceiling', context, 1);

export const docs: KindDocs = {
  text: 'The next whole number upwards. It has no slope anywhere, so nothing can be learned through it.',
  formula: 'y = ⌈x⌉',
};

export const examples: KindExample[] = [
  { title: 'A row', inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({ outputs: { y: tf.ceil(floatOn(tf, inputs, 'x')) } }),
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, 'Ceil'),
  torch: () => torchExpression((x) => `torch.ceil(${x})`),
  onnx: () => onnxNode('Ceil'),
};
