import { kerasPair } from '../common/keras-operation';
import { inferElementwise, PAIR_INPUTS, Y_OUTPUT } from '../common/merge';
import { floatOn } from '../common/operands';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'remainder',
  version: 1,
  title: 'Remainder',
  summary: 'What is left of A after whole numbers of B.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['mod', 'modulo', 'modulus', 'wrap', 'cycle', 'rest'],
  icon: 'percentage',
  fields: {},
  inputs: PAIR_INPUTS,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  oftenNext: ['one-hot', 'sin', 'multiply'],
};

export const infer: Infer = ({ inputs }) =>
  inferElementwise('Remainder', [
    { port: 'a', spec: inputs.a?.[0] },
    { port: 'b', spec: inputs.b?.[0] },
  ]);

export const docs: KindDocs = {
  text: 'Takes B away as often as it fits, also from below zero, so that the answer has the sign of B: hours of a day out of hours of a year, angles within one turn.',
  formula: 'y = a − b · ⌊a / b⌋',
  source: 'Keras 3 ops.mod',
};

export const examples: KindExample[] = [
  {
    title: 'Of either sign',
    inputs: {
      a: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'features', range: [-7, 7] }],
      b: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'features', range: [0.7, 2] }],
    },
  },
  {
    title: 'By negative numbers',
    inputs: {
      a: [{ shape: ['batch', 2, 3], dtype: 'float32', meaning: 'features', range: [-7, 7] }],
      b: [{ shape: ['batch', 1, 3], dtype: 'float32', meaning: 'features', range: [-2, -0.7] }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({ outputs: { y: tf.mod(floatOn(tf, inputs, 'a'), floatOn(tf, inputs, 'b')) } }),
};

export const emit: Emit = {
  keras: () => kerasPair('Mod'),
  torch: () => ({ channels: 'either', forward: ({ on }) => ({ y: `torch.remainder(${on('a')}, ${on('b')})` }) }),
  // ONNX' own remainder of floats has the sign of A.
  onnx: () => ({
    channels: 'either',
    write({ on, node }) {
      const rest = (a: string) => node('Mod', [a, on('b')], { fmod: 1 });
      return { y: rest(node('Add', [rest(on('a')), on('b')])) };
    },
  }),
};
