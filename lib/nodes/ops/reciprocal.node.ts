import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'reciprocal',
  version: 1,
  title: 'Reciprocal',
  summary: 'One divided by every number.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['inverse', '1/x', 'one over'],
  icon: 'math-1-divide-2',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['multiply', 'reduce'],
};

export const infer: Infer = (context) => inferUnary('Reciprocal', context, 1);

export const docs: KindDocs = {
  text: 'Large numbers become small ones and the other way round: a spread becomes a weight. Near zero it grows beyond all bounds, so keep its input away from there.',
  formula: 'y = 1 / x',
};

export const examples: KindExample[] = [
  {
    title: 'A row',
    inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features', range: [0.3, 2] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({ outputs: { y: tf.div(1, floatOn(tf, inputs, 'x')) } }),
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, 'Reciprocal'),
  torch: () => torchExpression((x) => `1 / ${x}`),
  onnx: () => onnxNode('Reciprocal'),
};
