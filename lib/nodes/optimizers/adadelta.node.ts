import { required } from '@/lib/base/invariant';
import { type LiveNumber, liveNumber, oneMinus } from '../common/live';
import type { Face, Infer, KindDocs, KindExample, KindRun, Tensor } from '../kind';
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
  id: 'adadelta',
  version: 1,
  title: 'Adadelta',
  summary: 'Finds its step size from past steps.',
  category: 'optimizers',
  makes: 'step',
  role: 'optimizer',
  aliases: ['optimizer', 'optimiser', 'adaptive learning rate', 'delta'],
  icon: 'triangle',
  fields: {
    rate: rateField(0.001),
    rho: fractionField('Rho', 0.95, 'How long squares of gradients and steps are remembered.'),
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
  text: 'Like RMSProp, but each step is also multiplied by the usual size of past steps, so that it has the unit of the weights. With a rate of 1 it is the algorithm as published.',
  formula: 'w ← w − rate · √(d + ε) / √(s + ε) · g',
  source: 'Zeiler, ADADELTA, 2012; Keras 3 Adadelta',
};

export const examples: KindExample[] = [{ title: 'Defaults', inputs: {} }];

export const run: KindRun = {
  as: 'optimizer',
  optimizer: withDecay({
    slots: { gradients: () => 0, steps: () => 0 },
    update(tf, { variable, gradient, slots, numbers, params }) {
      const live = (key: string): LiveNumber => liveNumber({ numbers, params }, key);
      const keep = (old: Tensor | undefined, now: Tensor): Tensor =>
        tf.add(tf.mul(required(old, 'slot'), live('rho')), tf.mul(tf.square(now), oneMinus(tf, live('rho'))));
      const root = (squares: Tensor): Tensor => tf.sqrt(tf.add(squares, live('epsilon')));
      const gradients = keep(slots.gradients, gradient);
      const step = tf.div(tf.mul(root(required(slots.steps, 'slot')), gradient), root(gradients));
      const steps = keep(slots.steps, step);
      return { variable: tf.sub(variable, tf.mul(step, live('rate'))), slots: { gradients, steps } };
    },
  }),
};
