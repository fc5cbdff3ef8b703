import { liveNumber } from '../common/live';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { OPTIMIZER_INPUTS, OPTIMIZER_OUTPUTS, rateField, scheduleFields } from './optimizer-fields';
import { decayField, withDecay } from './weight-decay';

export const face: Face = {
  id: 'sgd',
  version: 1,
  title: 'SGD',
  summary: 'Steps straight down the slope.',
  category: 'optimizers',
  makes: 'step',
  role: 'optimizer',
  aliases: ['optimizer', 'optimiser', 'gradient descent', 'stochastic gradient descent'],
  icon: 'stairs-down',
  fields: { rate: rateField(0.01), decay: decayField(), ...scheduleFields() },
  inputs: OPTIMIZER_INPUTS,
  outputs: OPTIMIZER_OUTPUTS,
  oftenNext: ['training', 'cosine'],
};

export const infer: Infer = () => ({ outputs: {} });

export const docs: KindDocs = {
  text: 'The plainest optimizer: each weight moves against its gradient, by the learning rate. For one that gathers speed, use Momentum.',
  formula: 'w ← w − rate · g',
  source: 'Robbins and Monro, 1951; Keras 3 SGD',
};

export const examples: KindExample[] = [{ title: 'Defaults', inputs: {} }];

export const run: KindRun = {
  as: 'optimizer',
  optimizer: withDecay({
    slots: {},
    update: (tf, { variable, gradient, numbers, params }) => ({
      variable: tf.sub(variable, tf.mul(gradient, liveNumber({ numbers, params }, 'rate'))),
      slots: {},
    }),
  }),
};
