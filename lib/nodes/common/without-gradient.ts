import type { Tensor, Tf } from '../kind';

/** What `compute` makes of x, as if it did not depend on x: nothing flows back. Its ops need no gradients. */
export function withoutGradient(tf: Tf, x: Tensor, compute: (x: Tensor) => Tensor): Tensor {
  return tf.customGrad((given) => ({
    value: compute(given as Tensor),
    // By shape: the tensor itself may be gone when the gradient comes.
    gradFunc: (_dy: Tensor, _saved: Tensor[]) => tf.zeros(x.shape),
  }))(x);
}
