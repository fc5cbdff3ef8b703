import { formatShape } from '@/lib/tensor/spec';
import { specOn, textProblem } from '../common/inference';
import { keyField } from '../common/metric-key';
import { floatOn } from '../common/operands';
import { textOf } from '../common/params';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'variance',
  version: 1,
  title: 'Variance',
  summary: 'How much a tensor differs among examples, or among batches.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  apart: true,
  aliases: ['spread', 'gradient noise', 'deviation', 'fluctuation', 'uncertainty'],
  icon: 'wave-sine',
  fields: {
    key: keyField('variance'),
    among: {
      type: 'choice',
      title: 'Among',
      default: 'examples',
      essential: true,
      choices: [
        { value: 'examples', title: 'Examples', help: 'Each row of the first axis is one observation.' },
        { value: 'batches', title: 'Batches', help: 'The whole tensor is: a gradient, say, as each batch sees it.' },
      ],
    },
  },
  inputs: [{ id: 'x', title: 'Value', type: 'tensor' }],
  outputs: [{ id: 'metric', title: 'Variance', type: 'metric' }],
  oftenNext: ['training'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return { outputs: {}, problems: [textProblem('Variance', 'x')] };
  const rows = x?.shape?.some((dim) => typeof dim !== 'number');
  const wanted = rows ? 'examples' : 'batches';
  if (!x?.shape || textOf(params, 'among') === wanted) return { outputs: {} };
  return {
    outputs: {},
    problems: [
      {
        code: 'shape-mismatch',
        severity: 'error',
        port: 'x',
        param: 'among',
        message: rows
          ? `Among batches, Variance compares tensors of one size, but ${formatShape(x.shape)} has as many rows as a batch.`
          : `Among examples, Variance compares the rows of a batch, but ${formatShape(x.shape)} has none.`,
        expected: rows ? 'a fixed shape' : 'a first axis of examples',
        received: formatShape(x.shape),
        remedies: [{ title: `Compare ${wanted}`, set: { among: wanted } }],
      },
    ],
  };
}

export const docs: KindDocs = {
  text: 'The variance of each number of the tensor over all observations, then the mean of these. Wired to a gradient, among batches, it is the noise of the gradient: how much each batch would move a weight differently. Measured where a data set is swept, with one observation it is 0.',
  formula: 'v = mean_j ( Σᵢ xᵢⱼ² / n − (Σᵢ xᵢⱼ / n)² )',
  source: 'McCandlish et al., An empirical model of large-batch training, 2018',
};

export const examples: KindExample[] = [
  { title: 'Rows', inputs: { x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure(tf, { params, inputs }) {
      const x = floatOn(tf, inputs, 'x');
      const rows = textOf(params, 'among') === 'examples' ? x : tf.expandDims(x, 0);
      return { count: tf.scalar(rows.shape[0] ?? 0), sum: tf.sum(rows, 0), squares: tf.sum(tf.square(rows), 0) };
    },
    result({ count, sum = new Float64Array(), squares }) {
      const n = count?.[0] ?? 0;
      const variances = Array.from(sum, (each, j) => Math.max(0, (squares?.[j] ?? 0) / n - (each / n) ** 2));
      return variances.reduce((total, each) => total + each, 0) / variances.length;
    },
  },
};
