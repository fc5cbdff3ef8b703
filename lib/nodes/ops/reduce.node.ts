import { required } from '@/lib/base/invariant';
import { flopsPerExample, rankProblem, specOn, textProblem, unknownOutput } from '../inference';
import type { Emit, Face, KindRun, Tensor, Tf } from '../kind';
import { Y_OUTPUT } from '../merge';
import { onnxNodes } from '../onnx-nodes';
import { floatOn } from '../operands';
import { flagOf, textOf } from '../params';
import { torchExpression } from '../torch-layer';
import { X_INPUT } from '../unary';

export const face: Face = {
  id: 'reduce',
  version: 1,
  title: 'Reduce',
  summary: 'Makes one number of many, such as their mean.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['variance', 'sum', 'mean', 'max', 'min', 'norm', 'aggregate', 'pool'],
  icon: 'fold',
  fields: {
    by: {
      type: 'choice',
      title: 'By',
      default: 'mean',
      essential: true,
      choices: [
        { value: 'sum', title: 'Sum' },
        { value: 'mean', title: 'Mean' },
        { value: 'max', title: 'Largest' },
        { value: 'min', title: 'Smallest' },
        { value: 'norm', title: 'Length', help: 'The root of the sum of squares.' },
        { value: 'variance', title: 'Variance', help: 'The mean squared distance from the mean.' },
      ],
    },
    over: {
      type: 'choice',
      title: 'Over',
      default: 'last',
      essential: true,
      choices: [
        { value: 'last', title: 'Last axis' },
        { value: 'first', title: 'First axis', help: 'Such as the calls that Iterate stacks; else the batch.' },
        { value: 'example', title: 'All of an example' },
        { value: 'all', title: 'Everything', help: 'The batch as well: a single number.' },
      ],
    },
    keep: { type: 'switch', title: 'Keep axes', default: false, help: 'Leaves axes of size 1 in place.' },
  },
  inputs: X_INPUT,
  time: (params) => (textOf(params, 'over') === 'last' ? 'pointwise' : 'mixing'),
  outputs: Y_OUTPUT,
  second: true,
  infer({ params, inputs }) {
    const x = specOn(inputs, 'x');
    if (x?.dtype === 'string') return unknownOutput(textProblem('Reduce', 'x'));
    if (!x?.shape) return unknownOutput();
    const rank = x.shape.length;
    if (rank === 0) return unknownOutput(rankProblem('Reduce', 'x', x, [2, 3, 4]));
    const axes = axesOf(textOf(params, 'over'), rank);
    const keep = flagOf(params, 'keep');
    const shape = x.shape.flatMap((dim, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [dim]));
    return {
      outputs: { y: { shape, dtype: 'float32', meaning: 'features' } },
      flops: flopsPerExample(x.shape, ['norm', 'variance'].includes(textOf(params, 'by')) ? 3 : 1),
    };
  },
  docs: {
    text: 'Adds up, averages or compares numbers along the last or first axis, over each example, or over everything.',
    formula: 'y = Σᵢ xᵢ, mean, max, min, √Σᵢ xᵢ² or mean of (xᵢ − x̄)²',
  },
  examples: [
    { title: 'Rows', inputs: { x: [{ shape: ['batch', 3, 4], dtype: 'float32', meaning: 'features' }] } },
    {
      title: 'Everything',
      params: { by: 'sum', over: 'all' },
      inputs: { x: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'features' }] },
    },
    {
      title: 'The spread of several answers',
      params: { by: 'variance', over: 'first' },
      inputs: { x: [{ shape: [4, 'batch', 2], dtype: 'float32', meaning: 'features' }] },
    },
  ],
  oftenNext: ['as-loss', 'subtract', 'mean-metric'],
};

/** Axes that disappear. */
function axesOf(over: string, rank: number): number[] {
  const all = Array.from({ length: rank }, (_, axis) => axis);
  if (over === 'all') return all;
  if (over === 'first') return [0];
  return over === 'example' && rank > 1 ? all.slice(1) : [rank - 1];
}

const OPS: Record<string, (tf: Tf, x: Tensor, axes: number[], keep: boolean) => Tensor> = {
  sum: (tf, x, axes, keep) => tf.sum(x, axes, keep),
  mean: (tf, x, axes, keep) => tf.mean(x, axes, keep),
  max: (tf, x, axes, keep) => tf.max(x, axes, keep),
  min: (tf, x, axes, keep) => tf.min(x, axes, keep),
  // A little under the root keeps its slope finite at zero.
  norm: (tf, x, axes, keep) => tf.sqrt(tf.add(tf.sum(tf.square(x), axes, keep), 1e-12)),
  variance: (tf, x, axes, keep) => tf.mean(tf.square(tf.sub(x, tf.mean(x, axes, true))), axes, keep),
};

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const op = OPS[textOf(params, 'by')];
    if (op === undefined) throw new Error('Invariant: unknown reduction');
    return { outputs: { y: op(tf, x, axesOf(textOf(params, 'over'), x.rank), flagOf(params, 'keep')) } };
  },
};

const TORCH_CALLS: Record<string, (x: string, options: string) => string> = {
  sum: (x, options) => `${x}.sum(${options})`,
  mean: (x, options) => `${x}.mean(${options})`,
  max: (x, options) => `${x}.amax(${options})`,
  min: (x, options) => `${x}.amin(${options})`,
  norm: (x, options) => `(${x}.square().sum(${options}) + 1e-12).sqrt()`,
  variance: (x, options) => `${x}.var(${options}, unbiased=False)`,
};

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer that reduces' }),
  torch({ params, inputs }) {
    const axes = axesOf(textOf(params, 'over'), inputs.x?.[0]?.shape?.length ?? 1);
    const call = required(TORCH_CALLS[textOf(params, 'by')], 'a reduction');
    const options = `dim=(${axes.join(', ')}${axes.length === 1 ? ',' : ''})${flagOf(params, 'keep') ? ', keepdim=True' : ''}`;
    return torchExpression((x) => (axes.length === 0 ? x : call(x, options)), {});
  },
  onnx({ params, inputs }) {
    const axes = axesOf(textOf(params, 'over'), inputs.x?.[0]?.shape?.length ?? 1);
    const keepdims = flagOf(params, 'keep') ? 1 : 0;
    return onnxNodes((x, { node, constant }) => {
      // The sum takes its axes as an input since opset 13, the others as an attribute.
      const sum = (of: string) => node('ReduceSum', [of, constant(axes, 'int64')], { keepdims });
      const mean = (of: string, keep: number) => node('ReduceMean', [of], { axes, keepdims: keep });
      if (axes.length === 0) return x;
      switch (textOf(params, 'by')) {
        case 'sum':
          return sum(x);
        case 'mean':
          return mean(x, keepdims);
        case 'norm':
          return node('Sqrt', [node('Add', [sum(node('Mul', [x, x])), constant(1e-12)])]);
        case 'variance': {
          const off = node('Sub', [x, mean(x, 1)]);
          return mean(node('Mul', [off, off]), keepdims);
        }
        default:
          return node(textOf(params, 'by') === 'max' ? 'ReduceMax' : 'ReduceMin', [x], { axes, keepdims });
      }
    }, {});
  },
};
