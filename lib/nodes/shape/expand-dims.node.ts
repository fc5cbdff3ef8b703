import { type Dim, formatShape } from '@/lib/tensor/spec';
import { axisField } from '../common/along-axis';
import { specOn, textProblem, unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import { X_INPUT } from '../common/unary';
import type {
  Emit,
  EmitContext,
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  PlainParams,
} from '../kind';

export const face: Face = {
  id: 'expand-dims',
  version: 1,
  title: 'Expand dims',
  summary: 'Adds an axis of size 1.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['unsqueeze', 'new axis', 'add axis', 'add channel'],
  icon: 'row-insert-bottom',
  fields: {
    axis: axisField('Where the new axis stands afterwards; -1 is behind all others, 1 right behind the batch.'),
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  oftenNext: ['conv-1d', 'multiply', 'concat'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Expand dims', 'x'));
  if (!x?.shape) return unknownOutput();
  const rank = x.shape.length;
  const axis = placeOf(params, rank);
  if (axis < 0 || axis > rank) {
    return unknownOutput({
      code: 'param-range',
      severity: 'error',
      param: 'axis',
      message: `${formatShape(x.shape)} has room for a new axis from 0 to ${rank}, not at ${numberOf(params, 'axis')}.`,
      expected: `0 to ${rank}`,
      received: String(numberOf(params, 'axis')),
      remedies: [{ title: 'Put it last', set: { axis: -1 } }],
    });
  }
  const shape: Dim[] = [...x.shape];
  shape.splice(axis, 0, 1);
  return { outputs: { y: { ...x, shape } } };
}

export const docs: KindDocs = {
  text: 'The numbers stay; a row becomes a picture of one channel, or a number that stretches over all steps.',
  formula: 'y[…, 0, …] = x[…, …]',
  source: 'Keras 3 ops.expand_dims',
};

export const examples: KindExample[] = [
  { title: 'A channel', inputs: { x: [{ shape: ['batch', 2, 3], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'A step',
    params: { axis: 1 },
    inputs: { x: [{ shape: ['batch', 4], dtype: 'int32', meaning: 'tokens', classes: 9 }] },
  },
];

/** Where the axis stands in the output. */
function placeOf(params: PlainParams, rank: number): number {
  const axis = numberOf(params, 'axis');
  return axis < 0 ? rank + 1 + axis : axis;
}

const placeIn = ({ params, inputs }: EmitContext): number => placeOf(params, inputs.x?.[0]?.shape?.length ?? 1);

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = tensorOn(inputs, 'x');
    return { outputs: { y: tf.expandDims(x, placeOf(params, x.rank)) } };
  },
};

export const emit: Emit = {
  keras: (context) => [kerasOperation('numpy', 'ExpandDims', { axis: placeIn(context) })],
  torch: (context) => torchExpression((x) => `${x}.unsqueeze(${placeIn(context)})`, { takes: 'any' }),
  onnx: (context) =>
    onnxNodes((x, { node, constant }) => node('Unsqueeze', [x, constant([placeIn(context)], 'int64')]), {
      takes: 'any',
    }),
};
