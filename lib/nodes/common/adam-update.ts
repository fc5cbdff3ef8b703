import { required } from '@/lib/base/invariant';
import type { OptimizerRun, Tensor, Tf } from '../kind';
import { type LiveNumber, liveNumber, oneMinus, oneMinusPower } from './live';

/** One update of Keras 3's Adam; Keras adds ε to √v, not to the corrected √v̂. Shared with AdamW. */
export const adam: OptimizerRun = {
  slots: { momentum: () => 0, velocity: () => 0, maximum: (params) => (params.amsgrad === true ? 0 : null) },
  update(tf, { variable, gradient, slots, params, numbers, t }) {
    const live = (key: string): LiveNumber => liveNumber({ numbers, params }, key);
    const momentum = towards(tf, slots.momentum, gradient, live('beta1'));
    const velocity = towards(tf, slots.velocity, tf.square(gradient), live('beta2'));
    const correction1 = oneMinusPower(tf, live('beta1'), t);
    const correction2 = oneMinusPower(tf, live('beta2'), t);
    const rate = stepSize(tf, live('rate'), correction1, correction2);
    const maximum = slots.maximum ? tf.maximum(slots.maximum, velocity) : undefined;
    const step = tf.div(tf.mul(momentum, rate), tf.add(tf.sqrt(maximum ?? velocity), live('epsilon')));
    return {
      variable: tf.sub(variable, step),
      slots: { momentum, velocity, ...(maximum && { maximum }) },
    };
  },
};

/** A running mean that follows `value`: `mean + (value − mean)·(1 − beta)`. */
export function towards(tf: Tf, slot: Tensor | undefined, value: Tensor, beta: LiveNumber): Tensor {
  const mean = required(slot, 'slot of a mean');
  return tf.add(mean, tf.mul(tf.sub(value, mean), oneMinus(tf, beta)));
}

/** Adam’s rate with both corrections. */
export function stepSize(tf: Tf, rate: LiveNumber, correction1: LiveNumber, correction2: LiveNumber): LiveNumber {
  if (typeof rate === 'number' && typeof correction1 === 'number' && typeof correction2 === 'number') {
    return (rate * Math.sqrt(correction2)) / correction1;
  }
  const root = typeof correction2 === 'number' ? Math.sqrt(correction2) : tf.sqrt(correction2);
  return tf.div(tf.mul(rate, root), correction1);
}
