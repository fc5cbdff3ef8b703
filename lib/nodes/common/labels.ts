import { type Dim, fitsDim, fitsShape, formatShape, type Spec } from '@/lib/tensor/spec';
import type { Problem, Tensor, Tf } from '../kind';
import { rankProblem, textProblem } from './inference';
import { isConstant, type LiveNumber, oneMinus } from './live';
import { asFloat } from './operands';

/**
 * Labels come as class numbers (`[batch]` or `[batch, 1]`) or as one-hot rows (`[batch, classes]`), beside scores with
 * one number for each class. These functions bring either form to the one that is needed.
 */
export const isOneHot = (labels: Tensor, scores: Tensor): boolean =>
  labels.rank === scores.rank &&
  (labels.shape.at(-1) ?? 1) === (scores.shape.at(-1) ?? 1) &&
  (scores.shape.at(-1) ?? 1) > 1;

/** Class numbers as int32, one axis fewer than the scores. */
export function classNumbers(tf: Tf, labels: Tensor, scores: Tensor): Tensor {
  if (isOneHot(labels, scores)) return tf.argMax(labels, -1);
  const numbers = tf.reshape(labels, scores.shape.slice(0, -1));
  return numbers.dtype === 'int32' ? numbers : tf.cast(tf.round(asFloat(tf, numbers)), 'int32');
}

/** A distribution over classes of the scores' shape, float32. */
export function classDistribution(tf: Tf, labels: Tensor, scores: Tensor): Tensor {
  if (isOneHot(labels, scores)) return asFloat(tf, labels);
  const numbers = classNumbers(tf, labels, scores);
  return asFloat(tf, tf.oneHot(numbers, scores.shape.at(-1) ?? 1));
}

/** Labels with a share of their certainty spread over all classes. */
export function smoothClasses(tf: Tf, labels: Tensor, smoothing: LiveNumber): Tensor {
  if (isConstant(smoothing, 0)) return labels;
  return tf.add(tf.mul(labels, oneMinus(tf, smoothing)), tf.div(smoothing, labels.shape.at(-1) ?? 1));
}

/** Numbers of the predicted classes: the best of several scores, or one score against a threshold. */
export function predictedClasses(tf: Tf, scores: Tensor, threshold: number): Tensor {
  if ((scores.shape.at(-1) ?? 1) > 1) return tf.argMax(scores, -1);
  return tf.cast(tf.greater(tf.reshape(scores, scores.shape.slice(0, -1)), threshold), 'int32');
}

/** What may be wrong between scores and labels, with ways out. `port`: of the scores. */
export function labelProblems(
  title: string,
  port: string,
  scores: Spec | undefined,
  labels: Spec | undefined,
): Problem[] {
  if (scores?.dtype === 'string') return [textProblem(title, port)];
  if (labels?.dtype === 'string') return [textProblem(title, 'labels')];
  if (!scores?.shape) return [];
  if (scores.shape.length < 2) {
    return [
      rankProblem(
        title,
        port,
        scores,
        [2],
        [{ title: 'Insert Reshape', insert: { port, kind: 'reshape', params: { shape: [1] } } }],
      ),
    ];
  }
  if (!labels?.shape) return [];
  const units = scores.shape.at(-1) ?? null;
  const oneHot =
    labels.shape.length === scores.shape.length && units !== 1 && labels.shape.at(-1) !== 1 && labels.dtype !== 'int32'
      ? true
      : labels.meaning === 'one-hot';
  const classes = labels.classes ?? (oneHot ? numberOrNull(labels.shape.at(-1)) : null);
  if (pictures(scores) && labels.shape.length <= 2) return [pictureScores(title, port, scores)];
  const wanted = oneHot ? scores.shape : scores.shape.slice(0, -1);
  const given =
    !oneHot && labels.shape.length === scores.shape.length && fitsDim(labels.shape.at(-1) ?? null, 1)
      ? labels.shape.slice(0, -1)
      : labels.shape;
  if (classes !== null && typeof units === 'number') {
    const range = classRange(port, units, classes);
    if (range !== null) return [range];
  }
  return fitsShape(given, wanted) ? [] : [mismatch(title, scores, labels, wanted)];
}

/** As `labelProblems`, for losses that compare classes with each other: one score alone has nothing to compete with. */
export function classProblems(
  title: string,
  port: string,
  scores: Spec | undefined,
  labels: Spec | undefined,
): Problem[] {
  if (scores?.shape?.at(-1) !== 1 || scores.shape.length < 2 || scores.dtype === 'string')
    return labelProblems(title, port, scores, labels);
  const units = Math.max(2, labels?.classes ?? 2);
  return [
    {
      code: 'label-range',
      severity: 'error',
      port,
      message: `${title} weighs the scores of several classes against each other, but there is only one score. Give one for each class, or use Binary cross-entropy for a single yes or no.`,
      expected: `${units} scores`,
      received: '1 score',
      remedies: [{ title: `Set units to ${units}`, setSource: { port, set: { units } } }],
    },
  ];
}

const numberOrNull = (dim: Dim | undefined): number | null => (typeof dim === 'number' ? dim : null);

const pictures = (scores: Spec): boolean => scores.shape?.length === 4;

function pictureScores(title: string, port: string, scores: Spec): Problem {
  return rankProblem(
    title,
    port,
    scores,
    [2],
    [
      { title: 'Insert Flatten', insert: { port, kind: 'flatten' } },
      { title: 'Insert Global average', insert: { port, kind: 'global-average-pool-2d' } },
    ],
  );
}

function mismatch(title: string, scores: Spec, labels: Spec, wanted: readonly Dim[]): Problem {
  return {
    code: 'shape-mismatch',
    severity: 'error',
    port: 'labels',
    message: `${title} needs one label for each row of scores: for scores of ${formatShape(scores.shape)} labels of ${formatShape(wanted)}, but gets ${formatShape(labels.shape)}.`,
    expected: formatShape(wanted),
    received: formatShape(labels.shape),
  };
}

/** One score can tell two classes apart (binary metrics); otherwise there is one score for each class. */
function classRange(port: string, units: number, classes: number): Problem | null {
  if (units === classes || (units === 1 && classes <= 2)) return null;
  const set = { title: `Set units to ${classes}`, setSource: { port, set: { units: classes } } };
  return {
    code: 'label-range',
    severity: units < classes ? 'error' : 'warning',
    port,
    message:
      units < classes
        ? `The labels tell ${classes} classes apart, but there are only ${units} scores: some classes could never be predicted.`
        : `There are ${units} scores for ${classes} classes: the last ${units - classes} are never right.`,
    expected: `${classes} scores`,
    received: `${units} scores`,
    remedies: [set],
  };
}
