import type { Spec } from '@/lib/tensor/spec';
import { inferElementwise, PAIR_INPUTS, Y_OUTPUT } from '../common/merge';
import { mergeLayer } from '../common/merge-layer';
import { floatOn } from '../common/operands';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { onnxPair, torchPair } from './merge-emission';

const PICTURE: Spec = { shape: ['batch', 3, 4, 2], dtype: 'float32', meaning: 'features' };

export const face: Face = {
  id: 'subtract',
  version: 1,
  title: 'Subtract',
  summary: 'Takes B from A, number by number.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['minus', 'difference', 'delta'],
  icon: 'minus',
  fields: {},
  inputs: PAIR_INPUTS,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'a', output: 'y' },
  oftenNext: ['activation', 'batch-norm', 'dense', 'conv-2d'],
};

export const infer: Infer = ({ inputs }) =>
  inferElementwise('Subtract', [
    { port: 'a', spec: inputs.a?.[0] },
    { port: 'b', spec: inputs.b?.[0] },
  ]);

export const docs: KindDocs = {
  text: 'The difference of two tensors. A size of 1 stretches to fit.',
  formula: 'y = a − b',
  source: 'Keras 3 Subtract',
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
    return { outputs: { y: tf.sub(a, b) } };
  },
};

export const emit: Emit = {
  keras: ({ inputs }) => mergeLayer('Subtract', [...(inputs.a ?? []), ...(inputs.b ?? [])]),
  torch: () => torchPair('-'),
  onnx: () => onnxPair('Sub'),
};
