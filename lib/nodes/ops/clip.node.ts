import { hasError, specOn } from '../common/inference';
import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'clip',
  version: 1,
  title: 'Clip',
  summary: 'Keeps every number between two bounds.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['clamp', 'limit', 'bound', 'clip by value'],
  icon: 'viewport-tall',
  fields: {
    low: { type: 'number', title: 'From', default: 0, essential: true },
    high: { type: 'number', title: 'To', default: 1, essential: true },
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['sample-grid', 'log', 'output'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const [low, high] = [numberOf(params, 'low'), numberOf(params, 'high')];
  const inference = inferUnary('Clip', { inputs }, 2, () => [Math.min(low, high), Math.max(low, high)]);
  const { y } = inference.outputs;
  if (y && specOn(inputs, 'x')?.meaning === 'image') y.meaning = 'image';
  if (low <= high || hasError(inference.problems)) return inference;
  return {
    ...inference,
    problems: [
      {
        code: 'param-range',
        severity: 'error',
        param: 'high',
        message: `“To” (${high}) lies below “From” (${low}).`,
        remedies: [{ title: 'Swap them', set: { low: high, high: low } }],
      },
    ],
  };
}

export const docs: KindDocs = {
  text: 'What is below the lower bound becomes it, what is above the upper one as well. Cut-off numbers get no gradient.',
  formula: 'y = min(max(x, from), to)',
};

export const examples: KindExample[] = [
  { title: 'Pixels', inputs: { x: [{ shape: ['batch', 6], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { params, inputs }) => ({
    outputs: { y: tf.clipByValue(floatOn(tf, inputs, 'x'), numberOf(params, 'low'), numberOf(params, 'high')) },
  }),
};

export const emit: Emit = {
  keras(context) {
    const [low, high] = [numberOf(context.params, 'low'), numberOf(context.params, 'high')];
    // TensorFlow.js knows this one too.
    if (low === 0 && high >= 0) return [{ className: 'ReLU', config: { max_value: high }, weights: [] }];
    return kerasFunction(context, 'Clip', { x_min: low, x_max: high });
  },
  torch: ({ params }) => torchExpression((x) => `${x}.clamp(${numberOf(params, 'low')}, ${numberOf(params, 'high')})`),
  onnx: ({ params }) =>
    onnxNodes((x, { node, constant }) =>
      node('Clip', [x, constant(numberOf(params, 'low')), constant(numberOf(params, 'high'))]),
    ),
};
