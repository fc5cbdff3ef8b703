import type { NamedTensorMap } from '@tensorflow/tfjs-core';
import type { Tensor, Tf } from '../kind';

/**
 * Computations for which an engine may have one kernel with a gradient kernel of its own, beside what TensorFlow.js knows. An
 * engine registers it under this name; where it has not, kinds compose theirs of smaller ops, which give the same numbers.
 */
export const FUSED = {
  batchNorm: 'BatchNormTraining',
  crossEntropy: 'SparseCrossEntropy',
  logisticLoss: 'LogisticLoss',
  lstm: 'LstmSequence',
} as const;

const isThere = (tf: Tf, kernel: string): boolean => tf.getKernel(kernel, tf.getBackend()) !== undefined;

/** Whether layers of this kind read a sequence as a whole here; they may still go step by step where it is masked. */
export const readsWhole = (tf: Tf, kind: string): boolean => kind === 'lstm' && isThere(tf, FUSED.lstm);

/** Outputs of the kernel, or null where this engine has none. */
function run(tf: Tf, kernel: string, inputs: NamedTensorMap, attributes: object): Tensor[] | null {
  if (!isThere(tf, kernel)) return null;
  return tf.engine().runKernel(kernel, inputs, { ...attributes }) as unknown as Tensor[];
}

/**
 * `γ·(x − μ) / √(σ² + ε) + β` by the mean and (biased) variance of each channel, which stand last in `x`.
 * `gamma` and `beta` are `[channels]`.
 */
export function fusedBatchNorm(
  tf: Tf,
  { x, gamma, beta, epsilon }: { x: Tensor; gamma: Tensor | undefined; beta: Tensor | undefined; epsilon: number },
): { y: Tensor; mean: Tensor; variance: Tensor } | null {
  const channels = [x.shape.at(-1) ?? 1];
  const inputs = { x, gamma: gamma ?? tf.ones(channels), beta: beta ?? tf.zeros(channels) };
  const [y, mean, variance] = run(tf, FUSED.batchNorm, inputs, { epsilon }) ?? [];
  return y && mean && variance ? { y, mean, variance } : null;
}

/**
 * `−log softmax(scores)[label]`; `scores` `[…, classes]`, `labels` gives int32 `[…]`. Numbers that are no class cost nothing, as
 * in a row of zeros where one would stand.
 */
export function fusedCrossEntropy(tf: Tf, scores: Tensor, labels: () => Tensor): Tensor | null {
  if (!isThere(tf, FUSED.crossEntropy)) return null;
  const classes = scores.shape.at(-1) ?? 1;
  const given = labels();
  const known = tf.maximum(tf.minimum(given, tf.scalar(classes - 1, 'int32')), tf.scalar(0, 'int32'));
  const rows = { scores: tf.reshape(scores, [-1, classes]), labels: tf.reshape(known, [-1]) };
  const losses = run(tf, FUSED.crossEntropy, rows, {})?.[0];
  return losses ? tf.mul(tf.reshape(losses, given.shape), tf.cast(tf.equal(known, given), 'float32')) : null;
}

/** `−t·log σ(x) − (1 − t)·log(1 − σ(x))` for each of the scores `x` and its answer `t`. */
export function fusedLogisticLoss(tf: Tf, scores: Tensor, answers: Tensor): Tensor | null {
  return run(tf, FUSED.logisticLoss, { scores, answers }, {})?.[0] ?? null;
}

/**
 * A whole sequence through an LSTM: hidden states `[batch, time, units]` and the last memory `[batch, units]`. `projected` gives
 * the input's part of the sums at the gates, `[batch, time, 4·units]`; `recurrent` is `[units, 4·units]`.
 */
export function fusedLstm(
  tf: Tf,
  projected: () => Tensor,
  { recurrent, hidden, memory }: Record<'recurrent' | 'hidden' | 'memory', Tensor>,
): { y: Tensor; memory: Tensor } | null {
  if (!isThere(tf, FUSED.lstm)) return null;
  const [y, last] = run(tf, FUSED.lstm, { projected: projected(), recurrent, hidden, memory }, {}) ?? [];
  return y && last ? { y, memory: last } : null;
}
