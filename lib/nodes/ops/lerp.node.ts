import type { Spec } from '@/lib/tensor/spec';
import { kerasOperation } from '../common/keras-operation';
import { inferElementwise, Y_OUTPUT } from '../common/merge';
import { floatOn } from '../common/operands';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

const ROW: Spec = { shape: ['batch', 3], dtype: 'float32', meaning: 'features' };

export const face: Face = {
  id: 'lerp',
  version: 1,
  title: 'Lerp',
  summary: 'Fades from one tensor into another.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['fade', 'mix', 'interpolate', 'blend', 'crossfade', 'alpha'],
  icon: 'blend-mode',
  fields: {},
  inputs: [
    { id: 'a', title: 'A', type: 'tensor' },
    { id: 'b', title: 'B', type: 'tensor' },
    { id: 't', title: 'Share of B', type: 'tensor' },
  ],
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'b', output: 'y' },
  oftenNext: ['conv-2d', 'dense'],
};

export const infer: Infer = ({ inputs }) =>
  inferElementwise('Lerp', [
    { port: 'a', spec: inputs.a?.[0] },
    { port: 'b', spec: inputs.b?.[0] },
    { port: 't', spec: inputs.t?.[0] },
  ]);

export const docs: KindDocs = {
  text: 'At 0 it gives A, at 1 it gives B, and between them a mixture. The share may be a schedule, a random number or a learned one.',
  formula: 'y = a + t·(b − a)',
};

export const examples: KindExample[] = [
  {
    title: 'A share for each example',
    inputs: { a: [ROW], b: [ROW], t: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'noise', range: [0, 1] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const [a, b, t] = [floatOn(tf, inputs, 'a'), floatOn(tf, inputs, 'b'), floatOn(tf, inputs, 't')];
    return { outputs: { y: tf.add(a, tf.mul(t, tf.sub(b, a))) } };
  },
};

export const emit: Emit = {
  keras: () => [
    kerasOperation('numpy', 'Subtract', {}, { call: { args: ['b', 'a'] }, outputs: ['way'] }),
    kerasOperation('numpy', 'Multiply', {}, { call: { args: ['t', 'way'] }, outputs: ['part'] }),
    kerasOperation('numpy', 'Add', {}, { call: { args: ['a', 'part'] }, outputs: ['y'] }),
  ],
  torch: () => ({
    channels: 'either',
    forward: ({ on }) => ({ y: `${on('a')} + ${on('t')} * (${on('b')} - ${on('a')})` }),
  }),
  onnx: () => ({
    channels: 'either',
    write: ({ on, node }) => ({
      y: node('Add', [on('a'), node('Mul', [on('t'), node('Sub', [on('b'), on('a')])])]),
    }),
  }),
};
