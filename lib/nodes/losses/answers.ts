import { fitsShape, formatShape, type Spec } from '@/lib/tensor/spec';
import { textProblem } from '../common/inference';
import { isConstant, type LiveNumber, oneMinus } from '../common/live';
import { asFloat } from '../common/operands';
import type { Problem, Tensor, Tf } from '../kind';

/**
 * Yes-or-no answers: one label, 0 or 1, for each score. A column of scores goes with a row of labels and the reverse.
 */

/** Labels as float32 of the scores' shape. */
export function answersLike(tf: Tf, labels: Tensor, scores: Tensor): Tensor {
  const given = asFloat(tf, labels);
  return given.rank === scores.rank ? given : tf.reshape(given, scores.shape);
}

/** Labels pulled towards one half, as Keras does: 1 becomes 1 − s/2, 0 becomes s/2. */
export function smoothAnswers(tf: Tf, answers: Tensor, smoothing: LiveNumber): Tensor {
  if (isConstant(smoothing, 0)) return answers;
  return tf.add(tf.mul(answers, oneMinus(tf, smoothing)), tf.mul(smoothing, 0.5));
}

/** What may be wrong between scores on `port` and labels on `labels`, with ways out. */
export function answerProblems(
  title: string,
  port: string,
  scores: Spec | undefined,
  labels: Spec | undefined,
): Problem[] {
  if (scores?.dtype === 'string') return [textProblem(title, port)];
  if (labels?.dtype === 'string') return [textProblem(title, 'labels')];
  if (!scores?.shape || !labels?.shape) return [];
  const classes = labels.classes ?? 2;
  if (classes > 2 && labels.meaning === 'class') return [tooManyClasses(title, classes)];
  if (fitsShape(scores.shape, labels.shape)) return [];
  const column = scores.shape.length === labels.shape.length + 1 && scores.shape.at(-1) === 1;
  const row = labels.shape.length === scores.shape.length + 1 && labels.shape.at(-1) === 1;
  const [a, b] = [column ? scores.shape.slice(0, -1) : scores.shape, row ? labels.shape.slice(0, -1) : labels.shape];
  if ((column || row) && fitsShape(a, b)) return [];
  return [mismatch(title, port, scores, labels)];
}

const tooManyClasses = (title: string, classes: number): Problem => ({
  code: 'label-range',
  severity: 'error',
  port: 'labels',
  message: `${title} tells two classes apart, but the labels have ${classes}. Use Cross-entropy with ${classes} scores.`,
  expected: '2 classes',
  received: `${classes} classes`,
  remedies: [{ title: 'Insert One-hot', insert: { port: 'labels', kind: 'one-hot', params: { depth: classes } } }],
});

function mismatch(title: string, port: string, scores: Spec, labels: Spec): Problem {
  const [own, wanted] = [scores.shape?.at(-1), labels.shape?.at(-1)];
  const [rank, labelRank] = [scores.shape?.length ?? 0, labels.shape?.length ?? 0];
  const single = rank === 2 && labelRank === 1 && own !== 1;
  const units = single ? 1 : rank === labelRank && typeof wanted === 'number' ? wanted : null;
  return {
    code: 'shape-mismatch',
    severity: 'error',
    port,
    message: `${title} needs one yes-or-no label for each score: scores of ${formatShape(scores.shape)} do not go with labels of ${formatShape(labels.shape)}.`,
    expected: single ? 'batch×1' : formatShape(labels.shape),
    received: formatShape(scores.shape),
    remedies: units === null ? [] : [{ title: `Set units to ${units}`, setSource: { port, set: { units } } }],
  };
}
