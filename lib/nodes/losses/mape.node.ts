import { LOSS_OUTPUTS, reducedLoss } from '../common/loss';
import { comparedOn, inferRegression, REGRESSION_INPUTS, regressionExamples } from '../common/regression';
import { EPSILON } from '../common/scores';
import type { Emit, Face, Infer, KindDocs, KindRun } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'mape',
  version: 1,
  title: 'MAPE',
  summary: 'The mean error in percent of the target.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['mean absolute percentage error', 'relative error', 'regression loss'],
  icon: 'percentage',
  fields: {},
  inputs: REGRESSION_INPUTS,
  outputs: LOSS_OUTPUTS,
  grad: ['x'],
  second: true,
  oftenNext: ['adam', 'sgd', 'loss-sum'],
};

export const infer: Infer = (context) => inferRegression('MAPE', context, 4);

export const docs: KindDocs = {
  text: 'Mean absolute percentage error: an error of 1 counts more where the target is 2 than where it is 200. Of no use where targets can be 0.',
  formula: 'l = 100·mean |t − x| / |t|',
  source: 'Keras 3 MeanAbsolutePercentageError',
};

export const examples = regressionExamples([0.5, 3], [1, 3]);

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const { x, target } = comparedOn(tf, inputs);
    const size = tf.maximum(tf.abs(target), EPSILON);
    const values = tf.mul(tf.abs(tf.div(tf.sub(target, x), size)), 100);
    return reducedLoss(tf, values, inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
