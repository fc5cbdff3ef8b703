import { required } from '@/lib/base/invariant';
import { liveNumber } from '../common/live';
import { numberOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { epsilonField, OPTIMIZER_INPUTS, OPTIMIZER_OUTPUTS, rateField, scheduleFields } from './optimizer-fields';
import { decayField, withDecay } from './weight-decay';

export const face: Face = {
  id: 'adagrad',
  version: 1,
  title: 'Adagrad',
  summary: 'Slows down for weights that moved a lot.',
  category: 'optimizers',
  makes: 'step',
  role: 'optimizer',
  aliases: ['optimizer', 'optimiser', 'adaptive gradient', 'sparse'],
  icon: 'trending-down-3',
  fields: {
    rate: rateField(0.001),
    first: {
      type: 'number',
      title: 'First sum',
      default: 0.1,
      min: 0,
      max: 1000,
      help: 'What the sums of squares start from; it keeps the first steps short.',
    },
    epsilon: epsilonField(),
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
  text: 'Adds up all squared gradients of a weight and divides by their root: weights that rarely get a gradient take larger steps. The steps only ever become smaller.',
  formula: 's ← s + g²;  w ← w − rate · g / √(s + ε)',
  source: 'Duchi et al., Adaptive subgradient methods, 2011; Keras 3 Adagrad',
};

export const examples: KindExample[] = [{ title: 'Defaults', inputs: {} }];

export const run: KindRun = {
  as: 'optimizer',
  optimizer: withDecay({
    slots: { sum: (params) => numberOf(params, 'first') },
    update(tf, { variable, gradient, slots, numbers, params }) {
      const sum = tf.add(required(slots.sum, 'sum slot'), tf.square(gradient));
      const root = tf.sqrt(tf.add(sum, liveNumber({ numbers, params }, 'epsilon')));
      const step = tf.div(tf.mul(gradient, liveNumber({ numbers, params }, 'rate')), root);
      return { variable: tf.sub(variable, step), slots: { sum } };
    },
  }),
};
