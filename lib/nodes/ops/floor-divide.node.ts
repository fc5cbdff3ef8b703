import { kerasPair } from '../common/keras-operation';
import { inferElementwise, PAIR_INPUTS, Y_OUTPUT } from '../common/merge';
import { floatOn } from '../common/operands';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'floor-divide',
  version: 1,
  title: 'Floor divide',
  summary: 'How often B fits into A, in whole numbers.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['integer division', 'whole quotient', 'div', 'bucket'],
  icon: 'math-x-floor-divide-y',
  fields: {},
  inputs: PAIR_INPUTS,
  outputs: Y_OUTPUT,
  grad: [],
  time: 'pointwise',
  oftenNext: ['one-hot', 'embedding', 'remainder'],
};

export const infer: Infer = ({ inputs }) =>
  inferElementwise('Floor divide', [
    { port: 'a', spec: inputs.a?.[0] },
    { port: 'b', spec: inputs.b?.[0] },
  ]);

export const docs: KindDocs = {
  text: 'The quotient rounded down: which row of a grid a place lies in, which bucket a price falls into. It moves in jumps, so nothing can be learned through it.',
  formula: 'y = ⌊a / b⌋',
  source: 'Keras 3 ops.floor_divide',
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
    title: 'Whole numbers',
    inputs: {
      a: [{ shape: ['batch', 2], dtype: 'int32', meaning: 'index', classes: 9 }],
      b: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features', range: [0.7, 2] }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({
    outputs: { y: tf.floor(tf.div(floatOn(tf, inputs, 'a'), floatOn(tf, inputs, 'b'))) },
  }),
};

export const emit: Emit = {
  keras: () => kerasPair('FloorDivide'),
  torch: () => ({ channels: 'either', forward: ({ on }) => ({ y: `torch.floor(${on('a')} / ${on('b')})` }) }),
  onnx: () => ({
    channels: 'either',
    write: ({ on, node }) => ({ y: node('Floor', [node('Div', [on('a'), on('b')])]) }),
  }),
};
