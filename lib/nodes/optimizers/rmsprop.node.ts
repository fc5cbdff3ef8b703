import { required } from '@/lib/base/invariant';
import { type LiveNumber, liveNumber, oneMinus } from '../common/live';
import { flagOf, numberOf } from '../common/params';
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
  id: 'rmsprop',
  version: 1,
  title: 'RMSProp',
  summary: 'Divides each step by the recent size of its gradient.',
  category: 'optimizers',
  makes: 'step',
  role: 'optimizer',
  aliases: ['optimizer', 'optimiser', 'root mean square', 'gradient descent'],
  icon: 'trending-down-2',
  fields: {
    rate: rateField(0.001),
    rho: fractionField('Rho', 0.9, 'How long the squares of past gradients are remembered.'),
    momentum: {
      type: 'number',
      title: 'Momentum',
      default: 0,
      min: 0,
      max: 1,
      step: 0.01,
      help: 'The share of its speed that a weight keeps; 0 is none.',
    },
    epsilon: epsilonField(),
    centered: {
      type: 'switch',
      title: 'Centred',
      default: false,
      help: 'Divides by the variance instead of the mean square.',
    },
    decay: decayField(),
    ...scheduleFields(),
  },
  inputs: OPTIMIZER_INPUTS,
  outputs: OPTIMIZER_OUTPUTS,
  keeps: (params) => 1 + (numberOf(params, 'momentum') > 0 ? 1 : 0) + (flagOf(params, 'centered') ? 1 : 0),
  oftenNext: ['training', 'cosine'],
};

export const infer: Infer = () => ({ outputs: {} });

export const docs: KindDocs = {
  text: 'Keeps a running mean of each squared gradient and divides by its root: steep directions take smaller steps. Good for recurrent networks.',
  formula: 'v ← ρ·v + (1 − ρ)·g²;  w ← w − rate · g / √(v + ε)',
  source: 'Tieleman and Hinton, Lecture 6.5, 2012; Keras 3 RMSprop',
};

export const examples: KindExample[] = [
  { title: 'Defaults', inputs: {} },
  { title: 'Centred, with momentum', params: { centered: true, momentum: 0.9 }, inputs: {} },
];

export const run: KindRun = {
  as: 'optimizer',
  optimizer: withDecay({
    slots: {
      velocity: () => 0,
      momentum: (params) => (numberOf(params, 'momentum') > 0 ? 0 : null),
      average: (params) => (flagOf(params, 'centered') ? 0 : null),
    },
    update(tf, { variable, gradient, slots, numbers, params }) {
      const live = (key: string): LiveNumber => liveNumber({ numbers, params }, key);
      const velocity = decay(tf, required(slots.velocity, 'velocity slot'), tf.square(gradient), live('rho'));
      const average = slots.average && decay(tf, slots.average, gradient, live('rho'));
      const spread = average ? tf.sub(velocity, tf.square(average)) : velocity;
      const step = tf.div(tf.mul(gradient, live('rate')), tf.sqrt(tf.add(spread, live('epsilon'))));
      const momentum = slots.momentum && tf.add(tf.mul(slots.momentum, numberOf(params, 'momentum')), step);
      return {
        variable: tf.sub(variable, momentum ?? step),
        slots: { velocity, ...(momentum && { momentum }), ...(average && { average }) },
      };
    },
  }),
};

/** `rho·mean + (1 − rho)·value`. */
const decay = (tf: Tf, mean: Tensor, value: Tensor, rho: LiveNumber): Tensor =>
  tf.add(tf.mul(mean, rho), tf.mul(value, oneMinus(tf, rho)));
