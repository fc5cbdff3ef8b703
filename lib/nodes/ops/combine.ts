import { required } from '@/lib/base/invariant';
import type { Tensor, Tf } from '../kind';

/** Folds the wires of a variadic port into one tensor; a single wire is passed on as a tensor of its own. */
function combine(tf: Tf, tensors: readonly Tensor[], op: (a: Tensor, b: Tensor) => Tensor): Tensor {
  const [first, ...rest] = tensors;
  if (rest.length === 0) return tf.clone(required(first, 'a tensor to combine'));
  return rest.reduce(op, required(first, 'a tensor to combine'));
}

export const sumOf = (tf: Tf, tensors: readonly Tensor[]): Tensor => combine(tf, tensors, (a, b) => tf.add(a, b));
export const productOf = (tf: Tf, tensors: readonly Tensor[]): Tensor => combine(tf, tensors, (a, b) => tf.mul(a, b));
export const largestOf = (tf: Tf, tensors: readonly Tensor[]): Tensor =>
  combine(tf, alike(tf, tensors), (a, b) => tf.maximum(a, b));
export const smallestOf = (tf: Tf, tensors: readonly Tensor[]): Tensor =>
  combine(tf, alike(tf, tensors), (a, b) => tf.minimum(a, b));

/** Tensors stretched to one shape: TensorFlow.js' gradients of maximum and minimum are wrong where they broadcast. */
function alike(tf: Tf, tensors: readonly Tensor[]): Tensor[] {
  const rank = Math.max(0, ...tensors.map((tensor) => tensor.rank));
  const shape = Array.from({ length: rank }, (_, axis) =>
    Math.max(...tensors.map((tensor) => tensor.shape[tensor.rank - rank + axis] ?? 1)),
  );
  return tensors.map((tensor) => (tensor.shape.join() === shape.join() ? tensor : tf.broadcastTo(tensor, shape)));
}
