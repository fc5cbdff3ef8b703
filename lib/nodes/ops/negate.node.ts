import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'negate',
  version: 1,
  title: 'Negate',
  summary: 'Turns every number’s sign around.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['negative', 'minus', 'opposite'],
  icon: 'minus',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['reduce', 'multiply', 'as-loss'],
};

export const infer: Infer = (context) => inferUnary('Negate', context, 1, (x) => x.range && [-x.range[1], -x.range[0]]);

export const docs: KindDocs = {
  text: 'What was large becomes small: the way to make an optimizer climb instead of descend.',
  formula: 'y = −x',
};

export const examples: KindExample[] = [
  {
    title: 'A row',
    inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features', range: [-1.5, 1] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const x = floatOn(tf, inputs, 'x');
    return { outputs: { y: tf.neg(x) } };
  },
};

export const emit: Emit = {
  keras: () => [{ className: 'Rescaling', config: { scale: -1, offset: 0 }, weights: [] }],
  torch: () => torchExpression((x) => `-${x}`),
  onnx: () => onnxNode('Neg'),
};
