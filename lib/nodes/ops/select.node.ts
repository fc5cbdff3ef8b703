import { kerasOperation } from '../common/keras-operation';
import { inferElementwise, Y_OUTPUT } from '../common/merge';
import { BOOL } from '../common/onnx-nodes';
import { floatOn, tensorOn } from '../common/operands';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'select',
  version: 1,
  title: 'Select',
  summary: 'Takes A where a condition holds, else B.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['where', 'if', 'mask', 'choose', 'blend'],
  icon: 'arrows-split-2',
  fields: {},
  inputs: [
    { id: 'condition', title: 'Condition', type: 'tensor' },
    { id: 'a', title: 'A', type: 'tensor' },
    { id: 'b', title: 'B', type: 'tensor' },
  ],
  outputs: Y_OUTPUT,
  grad: ['a', 'b'],
  second: true,
  time: 'pointwise',
  passThrough: { input: 'a', output: 'y' },
  oftenNext: ['add', 'dense'],
};

export const infer: Infer = ({ inputs }) =>
  inferElementwise('Select', [
    { port: 'a', spec: inputs.a?.[0] },
    { port: 'b', spec: inputs.b?.[0] },
    { port: 'condition', spec: inputs.condition?.[0] },
  ]);

export const docs: KindDocs = {
  text: 'At each place the number of A where the condition is not 0, and that of B elsewhere. The gradient goes to the one that was taken.',
  formula: 'y = condition ≠ 0 ? a : b',
};

export const examples: KindExample[] = [
  {
    title: 'Rows',
    inputs: {
      condition: [{ shape: ['batch', 3], dtype: 'int32', meaning: 'mask', classes: 2 }],
      a: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }],
      b: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }],
    },
  },
  {
    title: 'One condition for a picture',
    inputs: {
      condition: [{ shape: ['batch', 1, 1, 1], dtype: 'int32', meaning: 'mask', classes: 2 }],
      a: [{ shape: ['batch', 2, 3, 2], dtype: 'float32', meaning: 'features' }],
      b: [{ shape: [2], dtype: 'float32', meaning: 'features' }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const taken = tf.cast(tf.notEqual(tf.cast(tensorOn(inputs, 'condition'), 'float32'), 0), 'float32');
    const [a, b] = [floatOn(tf, inputs, 'a'), floatOn(tf, inputs, 'b')];
    // As products: TensorFlow.js' own choice has no second gradient.
    return { outputs: { y: tf.add(tf.mul(taken, a), tf.mul(tf.sub(1, taken), b)) } };
  },
};

export const emit: Emit = {
  keras: () => [
    kerasOperation('numpy', 'NotEqual', {}, { call: { args: ['condition'], set: { x2: 0 } }, outputs: ['holds'] }),
    kerasOperation('numpy', 'Where', {}, { call: { args: ['holds', 'a', 'b'] }, outputs: ['y'] }),
  ],
  torch: () => ({
    forward: ({ on }) => ({ y: `torch.where(${on('condition')} != 0, ${on('a')}, ${on('b')})` }),
  }),
  onnx: () => ({
    write: ({ node, on }) => ({
      y: node('Where', [node('Cast', [on('condition')], { to: BOOL }), on('a'), on('b')]),
    }),
  }),
};
