import { keyField } from '../common/metric-key';
import { textOf } from '../common/params';
import { comparedOn, REGRESSION_INPUTS, regressionProblems } from '../common/regression';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'correlation',
  version: 1,
  title: 'Correlation',
  summary: 'Whether prediction and target rise and fall together.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['pearson', 'spearman', 'rank correlation', 'r'],
  icon: 'chart-dots-2',
  fields: {
    key: keyField('correlation'),
    of: {
      type: 'choice',
      title: 'Of',
      default: 'values',
      choices: [
        { value: 'values', title: 'Values', help: 'Pearson: how nearly one is a straight line of the other.' },
        { value: 'ranks', title: 'Ranks', help: 'Spearman: how nearly they are in the same order.' },
      ],
    },
  },
  inputs: REGRESSION_INPUTS.filter(({ id }) => id !== 'sampleWeight'),
  outputs: [{ id: 'metric', title: 'Correlation', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = (context) => ({ outputs: {}, problems: regressionProblems('Correlation', context) });

export const docs: KindDocs = {
  text: '1 where they move together, −1 where they move against each other, 0 where one says nothing about the other. It does not mind a wrong scale or offset.',
  formula: 'cov(x, t) / (σ(x)·σ(t))',
  source: 'Pearson, 1895; Spearman, 1904; Keras 3 PearsonCorrelation',
};

export const examples: KindExample[] = [
  {
    title: 'One number',
    inputs: {
      x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      target: [{ shape: ['batch'], dtype: 'float32', meaning: 'score' }],
    },
  },
  {
    title: 'Ranks',
    params: { of: 'ranks' },
    inputs: {
      x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }],
      target: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }],
    },
  },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    combine: 'concat',
    measure(tf, { inputs }) {
      const { x, target } = comparedOn(tf, inputs);
      return { x: tf.reshape(x, [-1]), target: tf.reshape(target, [-1]) };
    },
    result({ x = new Float64Array(), target = new Float64Array() }, params) {
      return textOf(params, 'of') === 'ranks' ? correlation(ranks(x), ranks(target)) : correlation(x, target);
    },
  },
};

/** Of numbers that are all the same nothing can be said: 0. */
function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>): number =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [(a[i] ?? 0) - meanA, (b[i] ?? 0) - meanB];
    both += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  const spread = Math.sqrt(squareA * squareB);
  return spread === 0 ? 0 : both / spread;
}

/** Places in ascending order; equal numbers share the mean of their places. */
function ranks(values: ArrayLike<number>): number[] {
  const order = Array.from(values, (value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const places = new Array<number>(order.length).fill(0);
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (order[last + 1]?.value === order[first]?.value) last++;
    for (let at = first; at <= last; at++) places[order[at]?.index ?? 0] = (first + last) / 2;
    first = last + 1;
  }
  return places;
}
