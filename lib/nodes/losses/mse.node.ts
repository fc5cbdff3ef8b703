import { LOSS_OUTPUTS, reducedLoss } from '../common/loss';
import { comparedOn, inferRegression, REGRESSION_INPUTS, regressionExamples } from '../common/regression';
import type { Emit, Face, Infer, KindDocs, KindRun } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'mse',
  version: 1,
  title: 'MSE',
  summary: 'The mean of the squared errors.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['mean squared error', 'l2', 'squared error', 'regression loss', 'least squares'],
  icon: 'ruler-measure',
  fields: {},
  inputs: REGRESSION_INPUTS,
  outputs: LOSS_OUTPUTS,
  grad: ['x', 'target'],
  second: true,
  oftenNext: ['adam', 'sgd', 'loss-sum'],
};

export const infer: Infer = (context) => inferRegression('MSE', context, 3);

export const docs: KindDocs = {
  text: 'Mean squared error: how far predictions are from their targets, squared, so that large errors count most.',
  formula: 'l = mean (x − t)²',
  source: 'Gauss, 1809; Keras 3 mean_squared_error',
};

export const examples = regressionExamples();

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const { x, target } = comparedOn(tf, inputs);
    return reducedLoss(tf, tf.square(tf.sub(x, target)), inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
