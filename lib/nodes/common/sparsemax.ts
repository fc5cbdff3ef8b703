import type { Tensor, Tf } from '../kind';
import { withoutGradient } from './without-gradient';

/**
 * The point of the simplex that is closest to each row of the last axis: max(0, xᵢ − τ), with τ so that the row adds up to 1
 * (Martins and Astudillo 2016). Any shape of at least one axis.
 */
export function sparsemax(tf: Tf, x: Tensor): Tensor {
  const last = x.rank - 1;
  const length = x.shape[last] ?? 1;
  // Which numbers stay above zero: of the sorted ones those with 1 + k·x₍ₖ₎ > x₍₁₎ + … + x₍ₖ₎. That moves in jumps only.
  const stays = withoutGradient(tf, x, (given) => {
    const sorted = tf.topk(given, length).values;
    const enough = tf.greater(tf.add(tf.mul(tf.range(1, length + 1), sorted), 1), tf.cumsum(sorted, last));
    return tf.cast(tf.greater(given, excess(tf, sorted, tf.cast(enough, 'float32'))), 'float32');
  });
  return tf.relu(tf.sub(x, excess(tf, x, stays)));
}

/** τ: what each of those that stay must give up, so that they add up to 1. */
function excess(tf: Tf, x: Tensor, stays: Tensor): Tensor {
  const above = tf.sub(tf.sum(tf.mul(stays, x), -1, true), 1);
  return tf.div(above, tf.sum(stays, -1, true));
}
