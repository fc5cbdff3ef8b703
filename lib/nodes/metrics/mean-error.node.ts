import { keyField } from '../common/metric-key';
import { comparedOn, REGRESSION_INPUTS, regressionMetricProblems } from '../common/regression';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { weightedMean, weightedSums } from './weighted-count';

export const face: Face = {
  id: 'mean-error',
  version: 1,
  title: 'Mean error',
  summary: 'The mean absolute error.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'lower',
  aliases: ['mae', 'mean absolute error', 'l1', 'deviation'],
  icon: 'ruler-2',
  fields: { key: keyField('mean-error') },
  inputs: REGRESSION_INPUTS,
  outputs: [{ id: 'metric', title: 'Mean error', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = (context) => ({ outputs: {}, problems: regressionMetricProblems('Mean error', context) });

export const docs: KindDocs = {
  text: 'How far predictions are from their targets on average, in the unit of the target.',
  formula: 'mean |x − t|',
  source: 'Keras 3 MeanAbsoluteError',
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
      return weightedSums(tf, tf.abs(tf.sub(x, target)), inputs.sampleWeight?.[0]);
    },
    result: weightedMean,
  },
};
