import { keyField } from '../common/metric-key';
import { comparedOn, REGRESSION_INPUTS, regressionMetricProblems } from '../common/regression';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'r2',
  version: 1,
  title: 'R²',
  summary: 'The share of the targets’ spread that is explained.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['r squared', 'coefficient of determination', 'explained variance'],
  icon: 'chart-dots',
  fields: { key: keyField('r2') },
  inputs: REGRESSION_INPUTS.filter(({ id }) => id !== 'sampleWeight'),
  outputs: [{ id: 'metric', title: 'R²', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = (context) => ({ outputs: {}, problems: regressionMetricProblems('R²', context) });

export const docs: KindDocs = {
  text: '1 is a perfect prediction; 0 is no better than always saying the mean; below 0 is worse than that.',
  formula: 'R² = 1 − Σ (x − t)² / Σ (t − mean t)²',
  source: 'Wright, Correlation and causation, 1921; Keras 3 R2Score',
};

export const examples: KindExample[] = [
  {
    title: 'One number',
    inputs: {
      x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      target: [{ shape: ['batch'], dtype: 'float32', meaning: 'score' }],
    },
  },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure(tf, { inputs }) {
      const { x, target } = comparedOn(tf, inputs);
      return {
        count: tf.scalar(target.size),
        error: tf.sum(tf.square(tf.sub(x, target))),
        sum: tf.sum(target),
        squares: tf.sum(tf.square(target)),
      };
    },
    result({ count, error, sum, squares }) {
      const n = count?.[0] ?? 0;
      const spread = (squares?.[0] ?? 0) - (sum?.[0] ?? 0) ** 2 / n;
      // Targets that are all the same have nothing to explain.
      return spread <= 0 ? 0 : 1 - (error?.[0] ?? 0) / spread;
    },
  },
};
