import { inferElementwise, MERGE_EXAMPLES, MERGE_INPUTS, wiresOf, Y_OUTPUT } from '../common/merge';
import { mergeLayer } from '../common/merge-layer';
import { asFloat } from '../common/operands';
import type { Emit, Face, Infer, KindDocs, KindRun } from '../kind';
import { sumOf } from './combine';
import { onnxMerge, torchMerge } from './merge-emission';

export const face: Face = {
  id: 'average',
  version: 1,
  title: 'Average',
  summary: 'The mean of tensors, number by number.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['mean', 'ensemble', 'merge'],
  icon: 'math-avg',
  fields: {},
  inputs: MERGE_INPUTS,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['activation', 'batch-norm', 'dense', 'conv-2d'],
};

export const infer: Infer = ({ inputs }) => inferElementwise('Average', wiresOf(inputs.x));

export const docs: KindDocs = {
  text: 'The mean of what several branches say, such as the members of an ensemble.',
  formula: 'y = (x₁ + … + xₙ) / n',
  source: 'Keras 3 Average',
};

export const examples = MERGE_EXAMPLES;

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const x = (inputs.x ?? []).map((tensor) => asFloat(tf, tensor));
    return { outputs: { y: tf.div(sumOf(tf, x), x.length) } };
  },
};

export const emit: Emit = {
  keras: ({ inputs }) => mergeLayer('Average', inputs.x ?? []),
  torch: () => torchMerge('average'),
  onnx: () => onnxMerge('Mean'),
};
