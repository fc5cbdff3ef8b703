import { LOSS_OUTPUTS, reducedLoss } from '../common/loss';
import { textOf } from '../common/params';
import { comparedOn, inferRegression, REGRESSION_INPUTS } from '../common/regression';
import { EPSILON } from '../common/scores';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'poisson',
  version: 1,
  title: 'Poisson',
  summary: 'For counts: how many calls, cars or clicks.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['count regression', 'poisson nll', 'rate', 'events'],
  icon: 'abacus',
  fields: {
    from: {
      type: 'choice',
      title: 'Predictions are',
      default: 'counts',
      choices: [
        { value: 'counts', title: 'Counts', help: 'Must be positive: put a softplus or exp before.' },
        { value: 'logarithms', title: 'Their logarithms', help: 'Numbers of any size, as a dense layer gives them.' },
      ],
    },
  },
  inputs: REGRESSION_INPUTS,
  outputs: LOSS_OUTPUTS,
  grad: ['x', 'target'],
  second: true,
  oftenNext: ['adam', 'loss-sum'],
};

export const infer: Infer = (context) => inferRegression('Poisson', context, 4);

export const docs: KindDocs = {
  text: 'The loss for numbers that count events. The larger the expected count, the more it may be off, since large counts scatter more.',
  formula: 'l = x − t·log x, or exp(x) − t·x for logarithms',
  source: 'Nelder and Wedderburn, Generalized linear models, 1972; Keras 3 Poisson',
};

export const examples: KindExample[] = [
  {
    title: 'Counts',
    inputs: {
      x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features', range: [0.2, 4] }],
      target: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features', range: [0, 5] }],
    },
  },
  {
    title: 'Logarithms, weighted',
    params: { from: 'logarithms' },
    inputs: {
      x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      target: [{ shape: ['batch'], dtype: 'float32', meaning: 'score', range: [0, 5] }],
      sampleWeight: [{ shape: ['batch'], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const { x, target } = comparedOn(tf, inputs);
    const values =
      textOf(params, 'from') === 'logarithms'
        ? tf.sub(tf.exp(x), tf.mul(target, x))
        : tf.sub(x, tf.mul(target, tf.log(tf.add(tf.relu(x), EPSILON))));
    return reducedLoss(tf, values, inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
