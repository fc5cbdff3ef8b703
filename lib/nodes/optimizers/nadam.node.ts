import { required } from '@/lib/base/invariant';
import { towards } from '../common/adam-update';
import { type LiveNumber, liveNumber, oneMinusPower } from '../common/live';
import type { Face, Infer, KindDocs, KindExample, KindRun, Tensor, Tf } from '../kind';
import {
  epsilonField,
  fractionField,
  OPTIMIZER_INPUTS,
  OPTIMIZER_OUTPUTS,
  rateField,
  scheduleFields,
} from './optimizer-fields';
import { decayField, withDecay } from './weight-decay';

export const face: Face = {
  id: 'nadam',
  version: 1,
  title: 'Nadam',
  summary: 'Adam that looks ahead, as Nesterov does.',
  category: 'optimizers',
  makes: 'step',
  role: 'optimizer',
  aliases: ['optimizer', 'optimiser', 'nesterov', 'adam', 'nesterov adam'],
  icon: 'trending-down',
  fields: {
    rate: rateField(0.001),
    beta1: fractionField('Beta 1', 0.9, 'How long past gradients are remembered.'),
    beta2: fractionField('Beta 2', 0.999, 'How long their squares are remembered.'),
    epsilon: epsilonField(),
    decay: decayField(),
    ...scheduleFields(),
  },
  inputs: OPTIMIZER_INPUTS,
  outputs: OPTIMIZER_OUTPUTS,
  keeps: 3,
  oftenNext: ['training', 'cosine'],
};

export const infer: Infer = () => ({ outputs: {} });

export const docs: KindDocs = {
  text: 'Adam with Nesterov momentum: the step already counts where the momentum is about to go. The momentum itself starts at half and warms up to beta 1.',
  formula: 'w ← w − rate · (uₜ₊₁·m/(1 − Πu) + (1 − uₜ)·g/(1 − Πu)) / (√v̂ + ε),  uₜ = β₁·(1 − ½·0.96ᵗ)',
  source: 'Dozat, Incorporating Nesterov momentum into Adam, 2016; Keras 3 Nadam',
};

export const examples: KindExample[] = [{ title: 'Defaults', inputs: {} }];

export const run: KindRun = {
  as: 'optimizer',
  optimizer: withDecay({
    // The product of all momenta so far has no closed form; every weight carries it, since slots have the weights' shape.
    slots: { momentum: () => 0, velocity: () => 0, product: () => 1 },
    update(tf, { variable, gradient, slots, numbers, params, t }) {
      const live = (key: string): LiveNumber => liveNumber({ numbers, params }, key);
      const momentum = towards(tf, slots.momentum, gradient, live('beta1'));
      const velocity = towards(tf, slots.velocity, tf.square(gradient), live('beta2'));
      const now = warmedUp(tf, live('beta1'), t);
      const next = warmedUp(tf, live('beta1'), tf.add(t, 1));
      const product = tf.mul(required(slots.product, 'product slot'), now);
      const ahead = tf.div(tf.mul(momentum, next), tf.sub(1, tf.mul(product, next)));
      const here = tf.div(tf.mul(gradient, tf.sub(1, now)), tf.sub(1, product));
      const size = tf.sqrt(tf.div(velocity, oneMinusPower(tf, live('beta2'), t)));
      const step = tf.div(tf.mul(tf.add(ahead, here), live('rate')), tf.add(size, live('epsilon')));
      return { variable: tf.sub(variable, step), slots: { momentum, velocity, product } };
    },
  }),
};

/** Momentum of step `t`: half of beta 1 at first, nearly all of it after a hundred steps. */
const warmedUp = (tf: Tf, beta1: LiveNumber, t: LiveNumber): Tensor =>
  tf.mul(tf.sub(1, tf.mul(tf.exp(tf.mul(t, Math.log(0.96))), 0.5)), beta1);
