import { required } from '@/lib/base/invariant';
import { formatShape, type Spec } from '@/lib/tensor/spec';
import { axisField, axisOf, partOf } from '../common/along-axis';
import { flopsPerExample, rankProblem, specOn, textProblem, unknownOutput } from '../common/inference';
import { kerasFunction, kerasOperation } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { FLOAT, onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { flagOf, numberOf, textOf } from '../common/params';
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
  OnnxPlace,
  PlainParams,
  Problem,
  Tensor,
  Tf,
} from '../kind';

export const face: Face = {
  id: 'reduce',
  version: 1,
  title: 'Reduce',
  summary: 'Makes one number of many, such as their mean.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: [
    'variance',
    'sum',
    'mean',
    'max',
    'min',
    'norm',
    'product',
    'std',
    'any',
    'all',
    'logsumexp',
    'aggregate',
    'pool',
  ],
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
        { value: 'norm', title: 'Length', help: 'The root of the sum of squares (L2).' },
        { value: 'variance', title: 'Variance', help: 'The mean squared distance from the mean.' },
        { value: 'std', title: 'Standard deviation', help: 'The root of the variance.' },
        { value: 'l1', title: 'Sum of sizes', help: 'Without their signs (L1).' },
        { value: 'product', title: 'Product' },
        { value: 'logsumexp', title: 'Log-sum-exp', help: 'log Σ exp x: a smooth maximum.' },
        { value: 'any', title: 'Any', help: '1 where some number is not 0.' },
        { value: 'all', title: 'All', help: '1 where no number is 0.' },
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
        { value: 'axis', title: 'A given axis' },
        { value: 'all', title: 'Everything', help: 'The batch as well: a single number.' },
      ],
    },
    axis: {
      ...axisField('Which axis goes; -1 is the last one, 1 the first of an example.'),
      when: { field: 'over', is: ['axis'] },
    },
    keep: { type: 'switch', title: 'Keep axes', default: false, help: 'Leaves axes of size 1 in place.' },
  },
  inputs: X_INPUT,
  time: (params) => (textOf(params, 'over') === 'last' ? 'pointwise' : 'mixing'),
  outputs: Y_OUTPUT,
  grad: (params) => (TRUTHS.has(textOf(params, 'by')) ? [] : ['x']),
  second: true,
  oftenNext: ['as-loss', 'subtract', 'mean-metric'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Reduce', 'x'));
  if (!x?.shape) return unknownOutput();
  const rank = x.shape.length;
  if (rank === 0) return unknownOutput(rankProblem('Reduce', 'x', x, [2, 3, 4]));
  const axes = axesOf(params, rank);
  if (axes.some((axis) => axis < 0 || axis >= rank)) return unknownOutput(noAxis(x, numberOf(params, 'axis')));
  const keep = flagOf(params, 'keep');
  const truth = TRUTHS.has(textOf(params, 'by')) && { meaning: 'mask' as const, range: [0, 1] as [number, number] };
  const shape = x.shape.flatMap((dim, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [dim]));
  return {
    outputs: { y: { shape, dtype: 'float32', meaning: 'features', ...truth } },
    flops: flopsPerExample(x.shape, ['sum', 'mean', 'max', 'min'].includes(textOf(params, 'by')) ? 1 : 3),
  };
}

export const docs: KindDocs = {
  text: 'Adds up, averages or compares numbers along the last or first axis, over each example, or over everything.',
  formula: 'y = Σᵢ xᵢ, mean, max, min, √Σᵢ xᵢ², mean of (xᵢ − x̄)² or its root, Σᵢ |xᵢ|, Πᵢ xᵢ, log Σᵢ exp xᵢ',
};

export const examples: KindExample[] = [
  { title: 'Rows', inputs: { x: [{ shape: ['batch', 3, 4], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Everything',
    params: { by: 'sum', over: 'all' },
    inputs: { x: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'A product of each example',
    params: { by: 'product', over: 'example' },
    inputs: { x: [{ shape: ['batch', 3, 5], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'The steps of a sequence',
    params: { over: 'axis', axis: 1 },
    inputs: { x: [{ shape: ['batch', 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'The spread of several answers',
    params: { by: 'variance', over: 'first' },
    inputs: { x: [{ shape: [4, 'batch', 2], dtype: 'float32', meaning: 'features' }] },
  },
];

/** What answers yes or no has no slope. */
const TRUTHS: ReadonlySet<string> = new Set(['any', 'all']);

const noAxis = (x: Spec, axis: number): Problem => ({
  code: 'param-range',
  severity: 'error',
  param: 'axis',
  message: `${formatShape(x.shape)} has no axis ${axis}.`,
  received: String(axis),
  remedies: [{ title: 'Use the last axis', set: { axis: -1 } }],
});

/** Axes that disappear. */
function axesOf(params: PlainParams, rank: number): number[] {
  const over = textOf(params, 'over');
  const all = Array.from({ length: rank }, (_, axis) => axis);
  if (over === 'all') return all;
  if (over === 'first') return [0];
  if (over === 'axis') return [axisOf(params, rank)];
  return over === 'example' && rank > 1 ? all.slice(1) : [rank - 1];
}

const axesIn = ({ params, inputs }: EmitContext): number[] => axesOf(params, inputs.x?.[0]?.shape?.length ?? 1);

interface Reduction {
  run(tf: Tf, x: Tensor, axes: number[], keep: boolean): Tensor;
  /** `options`: axes and whether they stay, as PyTorch takes them. */
  torch(x: string, options: string): string;
  onnx(x: string, by: OnnxReduce): string;
  /** Operations before, that which reduces, and after. */
  keras: { before?: string[]; by: string; module?: 'math'; slight?: true };
}

interface OnnxReduce extends Pick<OnnxPlace, 'node' | 'constant'> {
  reduce(type: string, x: string): string;
  sum(x: string): string;
  /** With the axes kept. */
  mean(x: string): string;
}

/** A little under the root keeps its slope finite at zero. */
const SLIGHT = 1e-12;

const varianceOf: Reduction['run'] = (tf, x, axes, keep) =>
  tf.mean(tf.square(tf.sub(x, tf.mean(x, axes, true))), axes, keep);

const onnxVariance = (x: string, { node, reduce, mean }: OnnxReduce): string => {
  const off = node('Sub', [x, mean(x)]);
  return reduce('ReduceMean', node('Mul', [off, off]));
};

const REDUCTIONS: Record<string, Reduction> = {
  sum: {
    run: (tf, x, axes, keep) => tf.sum(x, axes, keep),
    torch: (x, options) => `${x}.sum(${options})`,
    onnx: (x, { sum }) => sum(x),
    keras: { by: 'Sum' },
  },
  mean: {
    run: (tf, x, axes, keep) => tf.mean(x, axes, keep),
    torch: (x, options) => `${x}.mean(${options})`,
    onnx: (x, { reduce }) => reduce('ReduceMean', x),
    keras: { by: 'Mean' },
  },
  max: {
    run: (tf, x, axes, keep) => tf.max(x, axes, keep),
    torch: (x, options) => `${x}.amax(${options})`,
    onnx: (x, { reduce }) => reduce('ReduceMax', x),
    keras: { by: 'Max' },
  },
  min: {
    run: (tf, x, axes, keep) => tf.min(x, axes, keep),
    torch: (x, options) => `${x}.amin(${options})`,
    onnx: (x, { reduce }) => reduce('ReduceMin', x),
    keras: { by: 'Min' },
  },
  norm: {
    run: (tf, x, axes, keep) => tf.sqrt(tf.add(tf.sum(tf.square(x), axes, keep), SLIGHT)),
    torch: (x, options) => `(${x}.square().sum(${options}) + ${SLIGHT}).sqrt()`,
    onnx: (x, { node, constant, sum }) => node('Sqrt', [node('Add', [sum(node('Mul', [x, x])), constant(SLIGHT)])]),
    keras: { before: ['Square'], by: 'Sum', slight: true },
  },
  variance: {
    run: varianceOf,
    torch: (x, options) => `${x}.var(${options}, unbiased=False)`,
    onnx: onnxVariance,
    keras: { by: 'Var' },
  },
  std: {
    run: (tf, x, axes, keep) => tf.sqrt(tf.add(varianceOf(tf, x, axes, keep), SLIGHT)),
    torch: (x, options) => `(${x}.var(${options}, unbiased=False) + ${SLIGHT}).sqrt()`,
    onnx: (x, by) => by.node('Sqrt', [by.node('Add', [onnxVariance(x, by), by.constant(SLIGHT)])]),
    keras: { by: 'Var', slight: true },
  },
  l1: {
    run: (tf, x, axes, keep) => tf.sum(tf.abs(x), axes, keep),
    torch: (x, options) => `${x}.abs().sum(${options})`,
    onnx: (x, { reduce }) => reduce('ReduceL1', x),
    keras: { before: ['Absolute'], by: 'Sum' },
  },
  product: {
    run: (tf, x, axes, keep) => {
      const product = axes.reduce((all, axis) => productAlong(tf, all, axis), x);
      return keep ? product : tf.squeeze(product, axes);
    },
    torch: (x, options) => `product(${x}, ${options})`,
    onnx: (x, { reduce }) => reduce('ReduceProd', x),
    keras: { by: 'Prod' },
  },
  logsumexp: {
    run: (tf, x, axes, keep) => tf.logSumExp(x, axes, keep),
    torch: (x, options) => `${x}.logsumexp(${options})`,
    onnx: (x, { reduce }) => reduce('ReduceLogSumExp', x),
    keras: { by: 'Logsumexp', module: 'math' },
  },
  any: {
    run: (tf, x, axes, keep) => tf.max(tf.cast(tf.notEqual(x, 0), 'float32'), axes, keep),
    torch: (x, options) => `(${x} != 0).float().amax(${options})`,
    onnx: (x, by) => by.reduce('ReduceMax', isNotZero(x, by)),
    keras: { by: 'Any' },
  },
  all: {
    run: (tf, x, axes, keep) => tf.min(tf.cast(tf.notEqual(x, 0), 'float32'), axes, keep),
    torch: (x, options) => `(${x} != 0).float().amin(${options})`,
    onnx: (x, by) => by.reduce('ReduceMin', isNotZero(x, by)),
    keras: { by: 'All' },
  },
};

const reductionOf = (params: PlainParams): Reduction => required(REDUCTIONS[textOf(params, 'by')], 'a reduction');

const isNotZero = (x: string, { node, constant }: OnnxReduce): string =>
  node('Cast', [node('Not', [node('Equal', [x, constant(0)])])], { to: FLOAT });

/** Halves are multiplied until one place is left, which keeps it. The gradient of TensorFlow.js' own product has none. */
function productAlong(tf: Tf, x: Tensor, axis: number): Tensor {
  let rest = x;
  for (let length = x.shape[axis] ?? 1; length > 1; length = rest.shape[axis] ?? 1) {
    const half = Math.floor(length / 2);
    const product = tf.mul(partOf(tf, rest, axis, 0, half), partOf(tf, rest, axis, half, half));
    rest = length % 2 === 0 ? product : tf.concat([product, partOf(tf, rest, axis, length - 1, 1)], axis);
  }
  return rest;
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const y = reductionOf(params).run(tf, x, axesOf(params, x.rank), flagOf(params, 'keep'));
    return { outputs: { y: tf.clone(y) } };
  },
};

const PRODUCT = `
def product(x, dim, keepdim=False):
    """The product along several axes."""
    for axis in sorted(dim, reverse=True):
        x = x.prod(dim=axis, keepdim=keepdim)
    return x
`;

export const emit: Emit = {
  keras(context) {
    const { params } = context;
    const axis = axesIn(context);
    if (axis.includes(0)) return { unsupported: 'in Keras, what a model answers has a row for each example' };
    const { before = [], by, module = 'numpy', slight } = reductionOf(params).keras;
    const [first = by, ...rest] = [...before, by];
    const config = (name: string) => (name === by ? { axis, keepdims: flagOf(params, 'keep') } : {});
    const layers = [
      ...kerasFunction(context, first, config(first), first === by ? module : 'numpy'),
      ...rest.map((name) => kerasOperation('numpy', name, config(name))),
    ];
    if (TRUTHS.has(textOf(params, 'by'))) return [...layers, kerasOperation('core', 'Cast', { dtype: 'float32' })];
    if (!slight) return layers;
    const reduced = { ...required(layers.pop(), 'a reduction'), outputs: ['reduced'] };
    const more = { args: ['reduced'], set: { x2: SLIGHT } };
    return [
      ...layers,
      reduced,
      kerasOperation('numpy', 'Add', {}, { call: more }),
      kerasOperation('numpy', 'Sqrt', {}, { outputs: ['y'] }),
    ];
  },
  torch(context) {
    const axes = axesIn(context);
    const keep = flagOf(context.params, 'keep') ? ', keepdim=True' : '';
    const options = `dim=(${axes.join(', ')}${axes.length === 1 ? ',' : ''})${keep}`;
    const helpers = textOf(context.params, 'by') === 'product' ? { helpers: [PRODUCT] } : {};
    return torchExpression((x) => (axes.length === 0 ? x : reductionOf(context.params).torch(x, options)), helpers);
  },
  onnx(context) {
    const [axes, keepdims] = [axesIn(context), flagOf(context.params, 'keep') ? 1 : 0];
    return onnxNodes((x, { node, constant }) => {
      if (axes.length === 0) return x;
      return reductionOf(context.params).onnx(x, {
        node,
        constant,
        reduce: (type, of) => node(type, [of], { axes, keepdims }),
        // It takes its axes as an input since opset 13, the others as an attribute.
        sum: (of) => node('ReduceSum', [of, constant(axes, 'int64')], { keepdims }),
        mean: (of) => node('ReduceMean', [of], { axes, keepdims: 1 }),
      });
    }, {});
  },
};
