import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'erf',
  version: 1,
  title: 'Error function',
  summary: 'How much of a bell curve lies between −x and x.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['erf', 'gauss error', 'normal distribution', 'cdf'],
  icon: 'math-integral-x',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['multiply', 'add'],
};

export const infer: Infer = (context) => inferUnary('Error function', context, 8, () => [-1, 1]);

export const docs: KindDocs = {
  text: 'A smooth step from −1 to 1, made of the area under a bell curve. With it, a probability of the normal distribution is ½ · (1 + erf(x / √2)).',
  formula: 'y = 2/√π ∫₀ˣ exp(−t²) dt',
};

export const examples: KindExample[] = [
  { title: 'A row', inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({ outputs: { y: tf.erf(floatOn(tf, inputs, 'x')) } }),
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, 'Erf', {}, 'math'),
  torch: () => torchExpression((x) => `torch.erf(${x})`),
  onnx: () => onnxNode('Erf'),
};
