import type { Face, KindRun, OptimizerRun, Tensor, Tf } from '../kind';
import { type LiveNumber, liveNumber, oneMinus, power } from '../live';
import {
  epsilonField,
  fractionField,
  OPTIMIZER_INPUTS,
  OPTIMIZER_OUTPUTS,
  rateField,
  scheduleFields,
} from '../optimizer-fields';

export const face: Face = {
  id: 'adam',
  version: 1,
  title: 'Adam',
  summary: 'Gives each weight a step size of its own.',
  category: 'optimizers',
  makes: 'step',
  role: 'optimizer',
  aliases: ['optimizer', 'optimiser', 'amsgrad', 'gradient descent'],
  icon: 'trending-down',
  fields: {
    rate: rateField(0.001),
    beta1: fractionField('Beta 1', 0.9, 'How long past gradients are remembered.'),
    beta2: fractionField('Beta 2', 0.999, 'How long their squares are remembered.'),
    epsilon: epsilonField(),
    amsgrad: { type: 'switch', title: 'AMSGrad', default: false, help: 'Never lets a step size grow again.' },
    ...scheduleFields(),
  },
  inputs: OPTIMIZER_INPUTS,
  outputs: OPTIMIZER_OUTPUTS,
  infer: () => ({ outputs: {} }),
  docs: {
    text: 'Keeps a running mean of each gradient and of its square, and divides one by the root of the other: weights with small, steady gradients take larger steps. A good first choice.',
    formula: 'w ← w − rate · m̂ / (√v̂ + ε)',
    source: 'Kingma and Ba, Adam, 2015; Reddi et al. 2018 (AMSGrad); Keras 3 Adam',
  },
  examples: [
    { title: 'Defaults', inputs: {} },
    { title: 'AMSGrad', params: { amsgrad: true, rate: 0.01 }, inputs: {} },
  ],
  oftenNext: ['training', 'cosine'],
};

/** One update of Keras 3's Adam; Keras adds ε to √v, not to the corrected √v̂. Shared with AdamW. */
export const adam: OptimizerRun = {
  slots: { momentum: () => 0, velocity: () => 0, maximum: (params) => (params.amsgrad === true ? 0 : null) },
  update(tf, { variable, gradient, slots, params, numbers, t }) {
    const live = (key: string): LiveNumber => liveNumber({ numbers, params }, key);
    const momentum = towards(tf, slots.momentum, gradient, live('beta1'));
    const velocity = towards(tf, slots.velocity, tf.square(gradient), live('beta2'));
    const correction1 = oneMinus(tf, power(tf, live('beta1'), t));
    const correction2 = oneMinus(tf, power(tf, live('beta2'), t));
    const rate = stepSize(tf, live('rate'), correction1, correction2);
    const maximum = slots.maximum ? tf.maximum(slots.maximum, velocity) : undefined;
    const step = tf.div(tf.mul(momentum, rate), tf.add(tf.sqrt(maximum ?? velocity), live('epsilon')));
    return {
      variable: tf.sub(variable, step),
      slots: { momentum, velocity, ...(maximum && { maximum }) },
    };
  },
};

/** `mean + (value − mean)·(1 − beta)`. */
function towards(tf: Tf, mean: Tensor | undefined, value: Tensor, beta: LiveNumber): Tensor {
  const change = oneMinus(tf, beta);
  return mean === undefined ? tf.mul(value, change) : tf.add(mean, tf.mul(tf.sub(value, mean), change));
}

function stepSize(tf: Tf, rate: LiveNumber, correction1: LiveNumber, correction2: LiveNumber): LiveNumber {
  if (typeof rate === 'number' && typeof correction1 === 'number' && typeof correction2 === 'number') {
    return (rate * Math.sqrt(correction2)) / correction1;
  }
  const root = typeof correction2 === 'number' ? Math.sqrt(correction2) : tf.sqrt(correction2);
  return tf.div(tf.mul(rate, root), correction1);
}

export const run: KindRun = { as: 'optimizer', optimizer: adam };
