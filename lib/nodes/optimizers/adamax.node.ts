import { required } from '@/lib/base/invariant';
import { type LiveNumber, liveNumber, oneMinus, oneMinusPower } from '../common/live';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
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
  id: 'adamax',
  version: 1,
  title: 'Adamax',
  summary: 'Adam with the largest gradient in place of the root.',
  category: 'optimizers',
  makes: 'step',
  role: 'optimizer',
  aliases: ['optimizer', 'optimiser', 'adam', 'infinity norm'],
  icon: 'trending-down',
  fields: {
    rate: rateField(0.001),
    beta1: fractionField('Beta 1', 0.9, 'How long past gradients are remembered.'),
    beta2: fractionField('Beta 2', 0.999, 'How long their largest size is remembered.'),
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
  text: 'A variant of Adam that divides by the largest recent gradient. Steady where gradients are sparse, as for embeddings.',
  formula: 'w ← w − rate · m̂ / (u + ε),  u ← max(β₂·u, |g|)',
  source: 'Kingma and Ba, Adam, 2015, section 7; Keras 3 Adamax',
};

export const examples: KindExample[] = [{ title: 'Defaults', inputs: {} }];

export const run: KindRun = {
  as: 'optimizer',
  optimizer: withDecay({
    slots: { momentum: () => 0, largest: () => 0 },
    update(tf, { variable, gradient, slots, numbers, params, t }) {
      const live = (key: string): LiveNumber => liveNumber({ numbers, params }, key);
      const old = required(slots.momentum, 'momentum slot');
      const momentum = tf.add(old, tf.mul(tf.sub(gradient, old), oneMinus(tf, live('beta1'))));
      const faded = tf.mul(required(slots.largest, 'largest slot'), live('beta2'));
      const largest = tf.maximum(faded, tf.abs(gradient));
      const correction = oneMinusPower(tf, live('beta1'), t);
      const divisor = tf.mul(tf.add(largest, live('epsilon')), correction);
      const step = tf.div(tf.mul(momentum, live('rate')), divisor);
      return { variable: tf.sub(variable, step), slots: { momentum, largest } };
    },
  }),
};
