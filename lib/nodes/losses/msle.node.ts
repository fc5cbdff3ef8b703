import { LOSS_OUTPUTS, reducedLoss } from '../common/loss';
import { comparedOn, inferRegression, REGRESSION_INPUTS, regressionExamples } from '../common/regression';
import { EPSILON } from '../common/scores';
import type { Emit, Face, Infer, KindDocs, KindRun, Tensor } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'msle',
  version: 1,
  title: 'MSLE',
  summary: 'The squared error of logarithms: ratios count.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['mean squared logarithmic error', 'log error', 'regression loss'],
  icon: 'math-function',
  fields: {},
  inputs: REGRESSION_INPUTS,
  outputs: LOSS_OUTPUTS,
  grad: ['x'],
  second: true,
  oftenNext: ['adam', 'sgd', 'loss-sum'],
};

export const infer: Infer = (context) => inferRegression('MSLE', context, 5);

export const docs: KindDocs = {
  text: 'Mean squared logarithmic error: 10 for 20 is as wrong as 100 for 200. For targets that span orders of magnitude, such as prices; negative numbers count as 0.',
  formula: 'l = mean (log(1 + t) − log(1 + x))²',
  source: 'Keras 3 MeanSquaredLogarithmicError',
};

export const examples = regressionExamples([0.2, 4]);

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const { x, target } = comparedOn(tf, inputs);
    const logarithm = (value: Tensor): Tensor => tf.log(tf.add(tf.maximum(value, EPSILON), 1));
    const values = tf.square(tf.sub(logarithm(x), logarithm(target)));
    return reducedLoss(tf, values, inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
