import { required } from '@/lib/base/invariant';
import { liveNumber } from '../common/live';
import { flagOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { fractionField, OPTIMIZER_INPUTS, OPTIMIZER_OUTPUTS, rateField, scheduleFields } from './optimizer-fields';
import { decayField, withDecay } from './weight-decay';

export const face: Face = {
  id: 'momentum',
  version: 1,
  title: 'Momentum',
  summary: 'Rolls down the slope like a heavy ball.',
  category: 'optimizers',
  makes: 'step',
  role: 'optimizer',
  aliases: ['optimizer', 'optimiser', 'nesterov', 'nag', 'sgd with momentum', 'heavy ball'],
  icon: 'ball-bowling',
  fields: {
    rate: rateField(0.01),
    momentum: { ...fractionField('Momentum', 0.9, 'The share of its speed that the ball keeps.'), essential: true },
    nesterov: {
      type: 'switch',
      title: 'Nesterov',
      default: false,
      help: 'Looks ahead: the gradient counts as if the ball had rolled on already.',
    },
    decay: decayField(),
    ...scheduleFields(),
  },
  inputs: OPTIMIZER_INPUTS,
  outputs: OPTIMIZER_OUTPUTS,
  keeps: 1,
  oftenNext: ['training', 'cosine'],
};

export const infer: Infer = () => ({ outputs: {} });

export const docs: KindDocs = {
  text: 'Adds up past gradients into a speed, so that small bumps are rolled over and long slopes are taken faster.',
  formula: 'm ← μ·m − rate·g;  w ← w + m   (Nesterov: w ← w + μ·m − rate·g)',
  source: 'Polyak, 1964; Nesterov, 1983; Sutskever et al. 2013; Keras 3 SGD',
};

export const examples: KindExample[] = [
  { title: 'Defaults', inputs: {} },
  { title: 'Nesterov', params: { nesterov: true, momentum: 0.95 }, inputs: {} },
];

export const run: KindRun = {
  as: 'optimizer',
  optimizer: withDecay({
    slots: { momentum: () => 0 },
    update(tf, { variable, gradient, slots, numbers, params }) {
      const kept = liveNumber({ numbers, params }, 'momentum');
      const step = tf.mul(gradient, liveNumber({ numbers, params }, 'rate'));
      const momentum = tf.sub(tf.mul(required(slots.momentum, 'momentum slot'), kept), step);
      const change = flagOf(params, 'nesterov') ? tf.sub(tf.mul(momentum, kept), step) : momentum;
      return { variable: tf.add(variable, change), slots: { momentum } };
    },
  }),
};
