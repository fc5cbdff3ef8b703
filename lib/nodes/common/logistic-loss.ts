import type { Tensor, Tf } from '../kind';
import { fusedLogisticLoss } from './fused';

/** Binary cross-entropy of scores `x` with answers `t` from 0 to 1 of the same shape, one for each. */
export const logisticLoss = (tf: Tf, x: Tensor, t: Tensor): Tensor =>
  fusedLogisticLoss(tf, x, t) ?? composedLogisticLoss(tf, x, t);

/** `t·softplus(−x) + (1 − t)·softplus(x)`: exact in both tails, since nothing is subtracted from anything near it. */
export const composedLogisticLoss = (tf: Tf, x: Tensor, t: Tensor): Tensor =>
  tf.add(tf.mul(t, tf.softplus(tf.neg(x))), tf.mul(tf.sub(1, t), tf.softplus(x)));
