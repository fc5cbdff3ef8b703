import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'floor',
  version: 1,
  title: 'Floor',
  summary: 'The whole number just below.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['round down', 'integer part', 'quantise'],
  icon: 'arrow-bar-down',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  grad: [],
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['multiply', 'concat', 'reduce'],
};

export const infer: Infer = (context) => inferUnary('Floor', context, 1);

export const docs: KindDocs = {
  text: 'Cuts off what is behind the point, downwards. It has no slope anywhere, so nothing can be learned through it.',
  formula: 'y = ⌊x⌋',
};

export const examples: KindExample[] = [
  { title: 'A row', inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({ outputs: { y: tf.floor(floatOn(tf, inputs, 'x')) } }),
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, 'Floor'),
  torch: () => torchExpression((x) => `torch.floor(${x})`),
  onnx: () => onnxNode('Floor'),
};
