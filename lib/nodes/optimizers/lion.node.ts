import { required } from '@/lib/base/invariant';
import { type LiveNumber, liveNumber, oneMinus } from '../common/live';
import type { Face, Infer, KindDocs, KindExample, KindRun, Tensor } from '../kind';
import { fractionField, OPTIMIZER_INPUTS, OPTIMIZER_OUTPUTS, rateField, scheduleFields } from './optimizer-fields';
import { decayField, withDecay } from './weight-decay';

export const face: Face = {
  id: 'lion',
  version: 1,
  title: 'Lion',
  summary: 'Only asks for directions: every weight steps equally far.',
  category: 'optimizers',
  makes: 'step',
  role: 'optimizer',
  aliases: ['optimizer', 'optimiser', 'sign', 'signsgd', 'evolved sign momentum'],
  icon: 'arrow-guide',
  fields: {
    rate: rateField(0.001),
    beta1: fractionField('Beta 1', 0.9, 'How much the momentum counts against the new gradient in a step.'),
    beta2: fractionField('Beta 2', 0.99, 'How long past gradients are remembered.'),
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
  text: 'Found by a program that searched for optimizers. It takes the sign of the momentum, so that all weights move by the same amount; use a rate three to ten times smaller than for Adam, and weight decay.',
  formula: 'w ← w − rate · sign(β₁·m + (1 − β₁)·g);  m ← β₂·m + (1 − β₂)·g',
  source: 'Chen et al., Symbolic discovery of optimization algorithms, 2023; Keras 3 Lion',
};

export const examples: KindExample[] = [{ title: 'Defaults', inputs: {} }];

export const run: KindRun = {
  as: 'optimizer',
  optimizer: withDecay({
    slots: { momentum: () => 0 },
    update(tf, { variable, gradient, slots, numbers, params }) {
      const live = (key: string): LiveNumber => liveNumber({ numbers, params }, key);
      const old = required(slots.momentum, 'momentum slot');
      const mixed = (beta: LiveNumber): Tensor => tf.add(tf.mul(old, beta), tf.mul(gradient, oneMinus(tf, beta)));
      const step = tf.mul(tf.sign(mixed(live('beta1'))), live('rate'));
      return { variable: tf.sub(variable, step), slots: { momentum: mixed(live('beta2')) } };
    },
  }),
};
