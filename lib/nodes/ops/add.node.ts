import { inferElementwise, MERGE_EXAMPLES, MERGE_INPUTS, wiresOf, Y_OUTPUT } from '../common/merge';
import { mergeLayer } from '../common/merge-layer';
import { asFloat } from '../common/operands';
import type { Emit, Face, Infer, KindDocs, KindRun } from '../kind';
import { sumOf } from './combine';
import { onnxMerge, torchMerge } from './merge-emission';

export const face: Face = {
  id: 'add',
  version: 1,
  title: 'Add',
  summary: 'Adds tensors number by number.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['sum', 'plus', 'residual', 'skip', 'shortcut'],
  icon: 'plus',
  fields: {},
  inputs: MERGE_INPUTS,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['activation', 'batch-norm', 'dense', 'conv-2d'],
};

export const infer: Infer = ({ inputs }) => inferElementwise('Add', wiresOf(inputs.x));

export const docs: KindDocs = {
  text: 'The usual end of a residual block: what a branch found is added to what came in. A size of 1 stretches to fit.',
  formula: 'y = x₁ + x₂ + …',
  source: 'He et al., Deep residual learning, 2015; Keras 3 Add',
};

export const examples = MERGE_EXAMPLES;

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const x = (inputs.x ?? []).map((tensor) => asFloat(tf, tensor));
    return { outputs: { y: sumOf(tf, x) } };
  },
};

export const emit: Emit = {
  keras: ({ inputs }) => mergeLayer('Add', inputs.x ?? []),
  torch: () => torchMerge('sum'),
  onnx: () => onnxMerge('Sum'),
};
