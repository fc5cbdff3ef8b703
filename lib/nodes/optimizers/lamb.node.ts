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
  id: 'lamb',
  version: 1,
  title: 'LAMB',
  summary: 'Adam for huge batches: steps in proportion to the weights.',
  category: 'optimizers',
  makes: 'step',
  role: 'optimizer',
  aliases: ['optimizer', 'optimiser', 'large batch', 'layer-wise', 'trust ratio', 'lars'],
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
  keeps: 2,
  oftenNext: ['training', 'cosine'],
};

export const infer: Infer = () => ({ outputs: {} });

export const docs: KindDocs = {
  text: 'Takes Adam’s direction, but makes each layer’s step as long as a fixed share of its weights. Large batches with large rates then stay stable.',
  formula: 'w ← w − rate · (‖w‖ / ‖u‖) · u,  u = m̂ / (√v̂ + ε)',
  source: 'You et al., Large batch optimization for deep learning, 2020; Keras 3 Lamb',
};

export const examples: KindExample[] = [{ title: 'Defaults', inputs: {} }];

export const run: KindRun = {
  as: 'optimizer',
  optimizer: withDecay({
    slots: { momentum: () => 0, velocity: () => 0 },
    update(tf, { variable, gradient, slots, numbers, params, t }) {
      const live = (key: string): LiveNumber => liveNumber({ numbers, params }, key);
      const momentum = towards(tf, slots.momentum, gradient, live('beta1'));
      const velocity = towards(tf, slots.velocity, tf.square(gradient), live('beta2'));
      const size = tf.sqrt(tf.div(velocity, oneMinusPower(tf, live('beta2'), t)));
      const direction = tf.div(tf.div(momentum, oneMinusPower(tf, live('beta1'), t)), tf.add(size, live('epsilon')));
      const step = tf.mul(tf.mul(direction, trust(tf, variable, direction)), live('rate'));
      return { variable: tf.sub(variable, step), slots: { momentum, velocity } };
    },
  }),
};

/** The weights' norm over the direction's; 1 where either is zero. */
function trust(tf: Tf, variable: Tensor, direction: Tensor): Tensor {
  const length = (x: Tensor): Tensor => tf.sqrt(tf.sum(tf.square(x)));
  const [weights, step] = [length(variable), length(direction)];
  const known = tf.logicalAnd(tf.greater(weights, 0), tf.greater(step, 0));
  return tf.where(known, tf.div(weights, tf.maximum(step, 1e-30)), tf.onesLike(weights));
}
