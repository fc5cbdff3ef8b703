import { isConstant, type LiveNumber, liveNumber } from '../common/live';
import type { Field } from '../field';
import type { OptimizerRun } from '../kind';

/** Decoupled weight decay, which every optimizer offers as in Keras 3; none by default. */
export const decayField = (value = 0): Field => ({
  type: 'number',
  title: 'Weight decay',
  default: value,
  min: 0,
  max: 1,
  step: 0.001,
  live: true,
  help: 'The share of each weight that a step of rate 1 takes away, whatever its gradient.',
});

/** `w ← w − rate·λ·w` before the step itself (Loshchilov and Hutter, 2019). */
export const withDecay = (optimizer: OptimizerRun): OptimizerRun => ({
  slots: optimizer.slots,
  update(tf, context) {
    const { variable, numbers, params } = context;
    const decay: LiveNumber = liveNumber({ numbers, params }, 'decay');
    if (isConstant(decay, 0)) return optimizer.update(tf, context);
    const shrink = tf.mul(decay, liveNumber({ numbers, params }, 'rate'));
    return optimizer.update(tf, { ...context, variable: tf.sub(variable, tf.mul(variable, shrink)) });
  },
});
