import { keyField } from '../common/metric-key';
import { comparedOn, REGRESSION_INPUTS, regressionMetricProblems } from '../common/regression';
import { EPSILON } from '../common/scores';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { weightedMean, weightedSums } from './weighted-count';

export const face: Face = {
  id: 'percent-error',
  version: 1,
  title: 'Percent error',
  summary: 'The mean error in percent of the target.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'lower',
  aliases: ['mape', 'mean absolute percentage error', 'relative error'],
  icon: 'percentage',
  fields: { key: keyField('percent-error') },
  inputs: REGRESSION_INPUTS,
  outputs: [{ id: 'metric', title: 'Percent error', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = (context) => ({
  outputs: {},
  problems: regressionMetricProblems('Percent error', context),
});

export const docs: KindDocs = {
  text: 'How far predictions are from their targets, in percent of the targets. Of no use where targets can be 0.',
  formula: '100·mean |t − x| / |t|',
  source: 'Keras 3 MeanAbsolutePercentageError',
};

export const examples: KindExample[] = [
  {
    title: 'One number',
    inputs: {
      x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      target: [{ shape: ['batch'], dtype: 'float32', meaning: 'score', range: [1, 3] }],
    },
  },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure(tf, { inputs }) {
      const { x, target } = comparedOn(tf, inputs);
      const shares = tf.abs(tf.div(tf.sub(target, x), tf.maximum(tf.abs(target), EPSILON)));
      return weightedSums(tf, tf.mul(shares, 100), inputs.sampleWeight?.[0]);
    },
    result: weightedMean,
  },
};
