import type { Spec } from '@/lib/tensor/spec';
import { kerasPair } from '../common/keras-operation';
import { inferElementwise, PAIR_INPUTS, Y_OUTPUT } from '../common/merge';
import { floatOn } from '../common/operands';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { onnxPair, torchPair } from './merge-emission';

const PICTURE: Spec = { shape: ['batch', 3, 4, 2], dtype: 'float32', meaning: 'features' };

export const face: Face = {
  id: 'divide',
  version: 1,
  title: 'Divide',
  summary: 'Divides A by B, number by number.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['quotient', 'ratio', 'over'],
  icon: 'math-x-divide-y',
  fields: {},
  inputs: PAIR_INPUTS,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'a', output: 'y' },
  oftenNext: ['activation', 'batch-norm', 'dense', 'conv-2d'],
};

export const infer: Infer = ({ inputs }) =>
  inferElementwise('Divide', [
    { port: 'a', spec: inputs.a?.[0] },
    { port: 'b', spec: inputs.b?.[0] },
  ]);

export const docs: KindDocs = {
  text: 'The quotient of two tensors. Where B is 0 the result is not finite.',
  formula: 'y = a / b',
  source: 'IEEE 754',
};

export const examples: KindExample[] = [
  { title: 'Equal shapes', inputs: { a: [PICTURE], b: [PICTURE] } },
  {
    title: 'A number for each channel',
    inputs: { a: [PICTURE], b: [{ shape: [2], dtype: 'float32', meaning: 'features', range: [0.5, 2] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const [a, b] = [floatOn(tf, inputs, 'a'), floatOn(tf, inputs, 'b')];
    return { outputs: { y: tf.div(a, b) } };
  },
};

export const emit: Emit = {
  keras: () => kerasPair('Divide'),
  torch: () => torchPair('/'),
  onnx: () => onnxPair('Div'),
};
