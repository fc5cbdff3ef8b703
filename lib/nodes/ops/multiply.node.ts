import { inferElementwise, MERGE_EXAMPLES, MERGE_INPUTS, wiresOf, Y_OUTPUT } from '../common/merge';
import { mergeLayer } from '../common/merge-layer';
import { asFloat } from '../common/operands';
import type { Emit, Face, Infer, KindDocs, KindRun } from '../kind';
import { productOf } from './combine';
import { onnxMerge, torchMerge } from './merge-emission';

export const face: Face = {
  id: 'multiply',
  version: 1,
  title: 'Multiply',
  summary: 'Multiplies tensors number by number.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['product', 'times', 'gate', 'hadamard', 'scale', 'mask'],
  icon: 'x',
  fields: {},
  inputs: MERGE_INPUTS,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['activation', 'batch-norm', 'dense', 'conv-2d'],
};

export const infer: Infer = ({ inputs }) => inferElementwise('Multiply', wiresOf(inputs.x));

export const docs: KindDocs = {
  text: 'With one input between 0 and 1 it works as a gate: how much of the other passes.',
  formula: 'y = x₁ · x₂ · …',
  source: 'Keras 3 Multiply',
};

export const examples = MERGE_EXAMPLES;

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const x = (inputs.x ?? []).map((tensor) => asFloat(tf, tensor));
    return { outputs: { y: productOf(tf, x) } };
  },
};

export const emit: Emit = {
  keras: ({ inputs }) => mergeLayer('Multiply', inputs.x ?? []),
  torch: () => torchMerge('product'),
  onnx: () => onnxMerge('Mul'),
};
