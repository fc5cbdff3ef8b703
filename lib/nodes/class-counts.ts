import type { Field } from './field';
import { specOn } from './inference';
import type { Face, FoldRun, InferContext, Inference, Tensor2D } from './kind';
import { classNumbers, labelProblems, predictedClasses } from './labels';
import { keyField } from './metric-key';
import { floatOn, tensorOn } from './operands';
import { textOf } from './params';
import { scoreProblems, scoresField } from './scores';

/** Ports and fields of metrics that compare predicted classes with true ones, class by class. */
export const CLASS_INPUTS: Face['inputs'] = [
  { id: 'logits', title: 'Scores', type: 'tensor' },
  { id: 'labels', title: 'Labels', type: 'tensor' },
];

export const classFields = (kind: string): Record<string, Field> => ({
  key: keyField(kind),
  from: {
    ...scoresField(),
    help: 'Only matters for a single score: a logit counts as yes above 0, a probability above 0.5.',
  },
});

export function inferClasses(title: string, { params, inputs }: InferContext): Inference {
  const scores = specOn(inputs, 'logits');
  const single = scores?.shape?.at(-1) === 1;
  return {
    outputs: {},
    problems: [
      ...labelProblems(title, 'logits', scores, specOn(inputs, 'labels')),
      ...(single ? scoreProblems('logits', scores, textOf(params, 'from'), 'sigmoid') : []),
    ],
  };
}

/** For each class: hits, how often it was predicted, how often it was true. */
export const measureClasses: FoldRun['measure'] = (tf, { params, inputs }) => {
  const scores = floatOn(tf, inputs, 'logits');
  const classes = Math.max(2, scores.shape.at(-1) ?? 2);
  const labels = classNumbers(tf, tensorOn(inputs, 'labels'), scores);
  const predicted = predictedClasses(tf, scores, textOf(params, 'from') === 'logits' ? 0 : 0.5);
  const truth = tf.cast(tf.oneHot(tf.reshape(labels, [-1]), classes), 'float32') as Tensor2D;
  const guess = tf.cast(tf.oneHot(tf.reshape(predicted, [-1]), classes), 'float32') as Tensor2D;
  return { hits: tf.sum(tf.mul(truth, guess), 0), predicted: tf.sum(guess, 0), actual: tf.sum(truth, 0) };
};

type Totals = Parameters<FoldRun['result']>[0];

/**
 * A share for each class, averaged. Of two classes only the second (“yes”) counts, as is usual. A class that never
 * occurs in `over` has a share of 0 where it is predicted or true somewhere, and is left out where it is neither.
 */
export function averageOverClasses(
  totals: Totals,
  share: (hits: number, predicted: number, actual: number) => number,
): number {
  const { hits = new Float32Array(), predicted = new Float32Array(), actual = new Float32Array() } = totals;
  const classes = hits.length === 2 ? [1] : [...hits.keys()];
  const shares: number[] = [];
  for (const index of classes) {
    const [h, p, a] = [hits[index] ?? 0, predicted[index] ?? 0, actual[index] ?? 0];
    if (p + a > 0) shares.push(share(h, p, a));
  }
  return shares.length === 0 ? 0 : shares.reduce((sum, value) => sum + value, 0) / shares.length;
}
