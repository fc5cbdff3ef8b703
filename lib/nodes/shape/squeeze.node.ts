import { formatShape } from '@/lib/tensor/spec';
import { alongAxis, axisField, axisIn, axisOf } from '../common/along-axis';
import { unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { X_INPUT } from '../common/unary';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'squeeze',
  version: 1,
  title: 'Squeeze',
  summary: 'Drops an axis of size 1.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['drop axis', 'remove axis', 'flatten last'],
  icon: 'row-remove',
  fields: { axis: axisField('Which axis is dropped; -1 is the last one. It must have size 1.') },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  oftenNext: ['mse', 'bce', 'dense'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const along = alongAxis('Squeeze', { params, inputs });
  if ('problems' in along) return unknownOutput(...along.problems);
  const { x, shape, axis, length } = along;
  if (length !== 1 && length !== null) {
    return unknownOutput({
      code: 'shape-mismatch',
      severity: 'error',
      port: 'x',
      message: `Only an axis of size 1 can be dropped; this one of ${formatShape(shape)} has ${formatShape([length])}. To keep a single place of it, use Slice before.`,
      expected: 'an axis of size 1',
      received: formatShape(shape),
    });
  }
  return { outputs: { y: { ...x, shape: shape.filter((_, at) => at !== axis) } } };
}

export const docs: KindDocs = {
  text: 'The numbers stay; an axis that has only one place goes. A column of one score for each example becomes a plain list of scores.',
  formula: 'y[…, …] = x[…, 0, …]',
  source: 'Keras 3 ops.squeeze',
};

export const examples: KindExample[] = [
  { title: 'One score', inputs: { x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'score' }] } },
  {
    title: 'A single step',
    params: { axis: 1 },
    inputs: { x: [{ shape: ['batch', 1, 4], dtype: 'int32', meaning: 'tokens', classes: 9 }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = tensorOn(inputs, 'x');
    return { outputs: { y: tf.squeeze(x, [axisOf(params, x.rank)]) } };
  },
};

export const emit: Emit = {
  keras: (context) => [kerasOperation('numpy', 'Squeeze', { axis: axisIn(context) })],
  torch: (context) => torchExpression((x) => `${x}.squeeze(${axisIn(context)})`, { takes: 'any' }),
  onnx: (context) =>
    onnxNodes((x, { node, constant }) => node('Squeeze', [x, constant([axisIn(context)], 'int64')]), { takes: 'any' }),
};
