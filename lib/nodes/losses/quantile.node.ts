import { liveNumber, oneMinus } from '../common/live';
import { LOSS_OUTPUTS, reducedLoss } from '../common/loss';
import { comparedOn, inferRegression, REGRESSION_INPUTS } from '../common/regression';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'quantile',
  version: 1,
  title: 'Quantile loss',
  summary: 'Asks for a bound that a given share of targets stay below.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['pinball', 'quantile regression', 'prediction interval', 'median'],
  icon: 'chart-candle',
  fields: {
    quantile: {
      type: 'number',
      title: 'Quantile',
      default: 0.5,
      min: 0,
      max: 1,
      step: 0.01,
      live: true,
      essential: true,
      help: 'The share of targets that should lie below the prediction; 0.5 is the median.',
    },
  },
  inputs: REGRESSION_INPUTS,
  outputs: LOSS_OUTPUTS,
  grad: ['x', 'target'],
  second: true,
  oftenNext: ['adam', 'loss-sum'],
};

export const infer: Infer = (context) => inferRegression('Quantile loss', context, 5);

export const docs: KindDocs = {
  text: 'Too low costs q, too high costs 1 − q for each unit: the best answer is the q-th quantile of the targets. Two of them, such as 0.05 and 0.95, make a prediction interval.',
  formula: 'l = q·max(0, t − x) + (1 − q)·max(0, x − t)',
  source: 'Koenker and Bassett, Regression quantiles, 1978',
};

export const examples: KindExample[] = [
  {
    title: 'An upper bound',
    params: { quantile: 0.9 },
    inputs: {
      x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      target: [{ shape: ['batch'], dtype: 'float32', meaning: 'score' }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { x, target } = comparedOn(tf, context.inputs);
    const q = liveNumber(context, 'quantile');
    const low = tf.mul(tf.relu(tf.sub(target, x)), q);
    const high = tf.mul(tf.relu(tf.sub(x, target)), oneMinus(tf, q));
    return reducedLoss(tf, tf.add(low, high), context.inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
