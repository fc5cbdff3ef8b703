import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'sign',
  version: 1,
  title: 'Sign',
  summary: 'Only whether a number is above or below zero.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['signum', 'direction', 'fast gradient sign', 'plus or minus'],
  icon: 'plus-minus',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  grad: [],
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['rescaling', 'add'],
};

export const infer: Infer = (context) => inferUnary('Sign', context, 1, () => [-1, 1]);

export const docs: KindDocs = {
  text: 'Minus one, zero or one. It jumps at zero and is flat everywhere else, so nothing learns through it. The sign of a gradient says for each pixel which way to push it.',
  formula: 'y = x / |x|, and 0 for x = 0',
  source: 'Goodfellow et al., Explaining and harnessing adversarial examples, 2015',
};

export const examples: KindExample[] = [
  { title: 'A row', inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({ outputs: { y: tf.sign(floatOn(tf, inputs, 'x')) } }),
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, 'Sign'),
  torch: () => torchExpression((x) => `${x}.sign()`),
  onnx: () => onnxNode('Sign'),
};
