import { flopsPerExample, rankProblem, specOn, textProblem, unknownOutput } from '../common/inference';
import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import { X_INPUT } from '../common/unary';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'cumsum',
  version: 1,
  title: 'Running sum',
  summary: 'At each place the sum of all up to it.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['cumulative sum', 'cumsum', 'prefix sum', 'integral'],
  icon: 'sum',
  fields: {
    axis: {
      type: 'number',
      title: 'Axis',
      default: 1,
      min: 1,
      max: 6,
      integer: true,
      essential: true,
      help: 'Along which axis; the batch is 0 and cannot be summed.',
    },
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: ({ axis }) => (axis === 1 ? 'causal' : 'pointwise'),
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'subtract'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Running sum', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length < 2) return unknownOutput(rankProblem('Running sum', 'x', x, [2, 3]));
  const axis = numberOf(params, 'axis');
  if (axis >= x.shape.length) {
    return unknownOutput({
      code: 'param-range',
      severity: 'error',
      param: 'axis',
      message: `The input has no axis ${axis}; its last one is ${x.shape.length - 1}.`,
      received: String(axis),
      remedies: [{ title: 'Use the last axis', set: { axis: x.shape.length - 1 } }],
    });
  }
  return {
    outputs: { y: { shape: x.shape, dtype: 'float32', meaning: 'features' } },
    flops: flopsPerExample(x.shape, 1),
  };
}

export const docs: KindDocs = {
  text: 'Adds up along an axis and shows every sum on the way: steps become positions, shares become a distribution.',
  formula: 'y[t] = Σ x[s] over s ≤ t',
};

export const examples: KindExample[] = [
  { title: 'Over steps', inputs: { x: [{ shape: ['batch', 4, 2], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Over features',
    params: { axis: 2 },
    inputs: { x: [{ shape: ['batch', 2, 3], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  // A product with a triangle of ones: the gradient of TensorFlow.js' own running sum is wrong along inner axes.
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const axis = numberOf(params, 'axis');
    const length = x.shape[axis] ?? 1;
    const size = (shape: number[]) => shape.reduce((product, dim) => product * dim, 1);
    const ones = Float32Array.from({ length: length * length }, (_, at) =>
      at % length <= Math.floor(at / length) ? 1 : 0,
    );
    const parts = tf.reshape(x, [size(x.shape.slice(0, axis)), length, size(x.shape.slice(axis + 1))]);
    return { outputs: { y: tf.reshape(tf.matMul(tf.tensor3d(ones, [1, length, length]), parts), x.shape) } };
  },
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, 'Cumsum', { axis: numberOf(context.params, 'axis') }),
  torch: ({ params }) =>
    torchExpression((x, place) => `torch.cumsum(${x}, dim=${place.axis(numberOf(params, 'axis'))})`),
  onnx: ({ params }) =>
    onnxNodes((x, { node, constant, axis }) => node('CumSum', [x, constant(axis(numberOf(params, 'axis')), 'int64')])),
};
