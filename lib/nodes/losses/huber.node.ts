import { liveNumber } from '../common/live';
import { LOSS_OUTPUTS, reducedLoss } from '../common/loss';
import { comparedOn, inferRegression, REGRESSION_INPUTS } from '../common/regression';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'huber',
  version: 1,
  title: 'Huber',
  summary: 'Squared for small errors, straight for large ones.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['smooth l1', 'robust', 'regression loss'],
  icon: 'wave-saw-tool',
  fields: {
    delta: {
      type: 'number',
      title: 'Delta',
      default: 1,
      min: 1e-6,
      max: 1e6,
      live: true,
      essential: true,
      help: 'Errors beyond this count in a straight line.',
    },
  },
  inputs: REGRESSION_INPUTS,
  outputs: LOSS_OUTPUTS,
  grad: ['x', 'target'],
  second: true,
  oftenNext: ['adam', 'sgd', 'loss-sum'],
};

export const infer: Infer = (context) => inferRegression('Huber', context, 6);

export const docs: KindDocs = {
  text: 'Behaves like the squared error near the target and like the absolute error far away: exact where it can be, calm where outliers are.',
  formula: 'l = ½e² where |e| ≤ δ, else δ·(|e| − ½δ)',
  source: 'Huber, Robust estimation of a location parameter, 1964; Keras 3 Huber',
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
  run(tf, context) {
    const { x, target } = comparedOn(tf, context.inputs);
    const delta = liveNumber(context, 'delta');
    const error = tf.abs(tf.sub(x, target));
    // The part of the error below delta, squared; the part above it, straight.
    const beyond = tf.relu(tf.sub(error, delta));
    const within = tf.sub(error, beyond);
    const values = tf.add(tf.mul(tf.square(within), 0.5), tf.mul(beyond, delta));
    return reducedLoss(tf, values, context.inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
