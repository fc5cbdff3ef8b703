import { kerasOperation } from '../common/keras-operation';
import { liveNumber } from '../common/live';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'power',
  version: 1,
  title: 'Power',
  summary: 'Raises every number to an exponent.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['pow', 'exponent', 'root', 'cube', 'reciprocal', 'gamma'],
  icon: 'superscript',
  fields: {
    exponent: {
      type: 'number',
      title: 'Exponent',
      default: 2,
      min: -100,
      max: 100,
      step: 0.1,
      live: true,
      essential: true,
      help: '0.5 is the root, −1 the reciprocal.',
    },
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['reduce', 'multiply'],
};

export const infer: Infer = (context) => inferUnary('Power', context, 4);

export const docs: KindDocs = {
  text: 'Multiplies each number by itself that many times; exponents that are not whole want positive numbers.',
  formula: 'y = x^p',
};

export const examples: KindExample[] = [
  {
    title: 'A root and a half',
    params: { exponent: 1.5 },
    inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features', range: [0.2, 3] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, context) => ({
    outputs: { y: tf.pow(floatOn(tf, context.inputs, 'x'), liveNumber(context, 'exponent')) },
  }),
};

export const emit: Emit = {
  keras: ({ params }) => [
    kerasOperation('numpy', 'Power', {}, { call: { args: ['x'], set: { x2: numberOf(params, 'exponent') } } }),
  ],
  torch: ({ params }) => torchExpression((x) => `torch.pow(${x}, ${numberOf(params, 'exponent')})`),
  onnx: ({ params }) => onnxNodes((x, { node, constant }) => node('Pow', [x, constant(numberOf(params, 'exponent'))])),
};
