import { LOSS_OUTPUTS, reducedLoss } from '../common/loss';
import { comparedOn, inferRegression, REGRESSION_INPUTS, regressionExamples } from '../common/regression';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'mae',
  version: 1,
  title: 'MAE',
  summary: 'The mean of the absolute errors.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['mean absolute error', 'l1', 'absolute error', 'regression loss'],
  icon: 'ruler-2',
  fields: {},
  inputs: REGRESSION_INPUTS,
  outputs: LOSS_OUTPUTS,
  grad: ['x', 'target'],
  second: true,
  oftenNext: ['adam', 'sgd', 'loss-sum'],
};

export const infer: Infer = (context) => inferRegression('MAE', context, 3);

export const docs: KindDocs = {
  text: 'Mean absolute error: how far predictions are from their targets. A few outliers do not dominate it.',
  formula: 'l = mean |x − t|',
  source: 'Keras 3 mean_absolute_error',
};

export const examples: KindExample[] = [
  ...regressionExamples(),
  {
    title: 'Pixels inside a mask',
    inputs: {
      x: [{ shape: ['batch', 3, 3, 2], dtype: 'float32', meaning: 'features' }],
      target: [{ shape: ['batch', 3, 3, 2], dtype: 'float32', meaning: 'features' }],
      sampleWeight: [{ shape: ['batch', 3, 3], dtype: 'float32', meaning: 'mask', range: [0, 1] }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const { x, target } = comparedOn(tf, inputs);
    return reducedLoss(tf, tf.abs(tf.sub(x, target)), inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
