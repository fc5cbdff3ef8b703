import { LOSS_OUTPUTS, reducedLoss } from '../common/loss';
import { comparedOn, inferRegression, REGRESSION_INPUTS } from '../common/regression';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'log-cosh',
  version: 1,
  title: 'Log-cosh',
  summary: 'A smooth mixture of squared and absolute error.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['logcosh', 'smooth', 'regression loss'],
  icon: 'wave-sine',
  fields: {},
  inputs: REGRESSION_INPUTS,
  outputs: LOSS_OUTPUTS,
  grad: ['x', 'target'],
  second: true,
  oftenNext: ['adam', 'sgd', 'loss-sum'],
};

export const infer: Infer = (context) => inferRegression('Log-cosh', context, 6);

export const docs: KindDocs = {
  text: 'Nearly half the squared error for small errors and nearly the absolute one for large ones, without a kink between them.',
  formula: 'l = log cosh(x − t)',
  source: 'Keras 3 LogCosh',
};

export const examples: KindExample[] = [
  {
    title: 'Features',
    inputs: {
      x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features', range: [-3, 3] }],
      target: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const { x, target } = comparedOn(tf, inputs);
    const error = tf.sub(x, target);
    // log cosh e = e + softplus(−2e) − log 2, which does not overflow.
    const values = tf.sub(tf.add(error, tf.softplus(tf.mul(error, -2))), Math.LN2);
    return reducedLoss(tf, values, inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
