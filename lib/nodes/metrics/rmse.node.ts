import { keyField } from '../common/metric-key';
import { comparedOn, REGRESSION_INPUTS, regressionMetricProblems } from '../common/regression';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { weightedMean, weightedSums } from './weighted-count';

export const face: Face = {
  id: 'rmse',
  version: 1,
  title: 'RMSE',
  summary: 'The root of the mean squared error.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'lower',
  aliases: ['root mean squared error', 'rms', 'standard error'],
  icon: 'ruler-measure',
  fields: { key: keyField('rmse') },
  inputs: REGRESSION_INPUTS,
  outputs: [{ id: 'metric', title: 'RMSE', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = (context) => ({ outputs: {}, problems: regressionMetricProblems('RMSE', context) });

export const docs: KindDocs = {
  text: 'A typical error in the unit of the target, in which large errors count more.',
  formula: '√ mean (x − t)²',
  source: 'Keras 3 RootMeanSquaredError',
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
      return weightedSums(tf, tf.square(tf.sub(x, target)), inputs.sampleWeight?.[0]);
    },
    result: (totals) => Math.sqrt(weightedMean(totals)),
  },
};
