import { inferElementwise, MERGE_EXAMPLES, MERGE_INPUTS, wiresOf, Y_OUTPUT } from '../common/merge';
import { mergeLayer } from '../common/merge-layer';
import { asFloat } from '../common/operands';
import type { Emit, Face, Infer, KindDocs, KindRun } from '../kind';
import { largestOf } from './combine';
import { onnxMerge, torchMerge } from './merge-emission';

export const face: Face = {
  id: 'maximum',
  version: 1,
  title: 'Maximum',
  summary: 'The larger number at each place.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['max', 'merge', 'maxout'],
  icon: 'math-max',
  fields: {},
  inputs: MERGE_INPUTS,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['activation', 'batch-norm', 'dense', 'conv-2d'],
};

export const infer: Infer = ({ inputs }) => inferElementwise('Maximum', wiresOf(inputs.x));

export const docs: KindDocs = {
  text: 'Takes, at each place, the largest number of its inputs; the gradient goes to the winner.',
  formula: 'y = max(x₁, x₂, …)',
  source: 'Keras 3 Maximum',
};

export const examples = MERGE_EXAMPLES;

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const x = (inputs.x ?? []).map((tensor) => asFloat(tf, tensor));
    return { outputs: { y: largestOf(tf, x) } };
  },
};

export const emit: Emit = {
  keras: ({ inputs }) => mergeLayer('Maximum', inputs.x ?? []),
  torch: () => torchMerge('largest'),
  onnx: () => onnxMerge('Max'),
};
