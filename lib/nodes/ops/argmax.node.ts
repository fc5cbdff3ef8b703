import { flopsPerExample, rankProblem, specOn, textProblem, unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { INT32, onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { X_INPUT } from '../common/unary';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'argmax',
  version: 1,
  title: 'Argmax',
  summary: 'The place of the largest number.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['predicted class', 'winner', 'best', 'index of maximum'],
  icon: 'trophy',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  grad: [],
  time: 'pointwise',
  oftenNext: ['output', 'one-hot', 'embedding'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Argmax', 'x'));
  if (!x?.shape) return { outputs: { y: { shape: null, dtype: 'int32', meaning: 'class' } } };
  if (x.shape.length === 0) return unknownOutput(rankProblem('Argmax', 'x', x, [2]));
  const classes = x.shape.at(-1);
  return {
    outputs: {
      y: {
        shape: x.shape.slice(0, -1),
        dtype: 'int32',
        meaning: 'class',
        ...(typeof classes === 'number' && { classes }),
      },
    },
    flops: flopsPerExample(x.shape, 1),
  };
}

export const docs: KindDocs = {
  text: 'Turns scores into the number of the class with the highest one. A place has no slope, so nothing can be learned through it.',
  formula: 'y = argmaxᵢ xᵢ, along the last axis',
};

export const examples: KindExample[] = [
  { title: 'Five scores', inputs: { x: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'logits' }] } },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({ outputs: { y: tf.cast(tf.argMax(floatOn(tf, inputs, 'x'), -1), 'int32') } }),
};

export const emit: Emit = {
  keras: () => [kerasOperation('numpy', 'Argmax', { axis: -1 })],
  torch: () => torchExpression((x) => `${x}.argmax(dim=-1)`, {}),
  onnx: () =>
    onnxNodes((x, { node }) => node('Cast', [node('ArgMax', [x], { axis: -1, keepdims: 0 })], { to: INT32 }), {}),
};
