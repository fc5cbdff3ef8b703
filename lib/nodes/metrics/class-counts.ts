import { specOn } from '../common/inference';
import { classNumbers, labelProblems, predictedClasses } from '../common/labels';
import { keyField } from '../common/metric-key';
import { floatOn, tensorOn } from '../common/operands';
import { textOf } from '../common/params';
import { scoreProblems, scoresField } from '../common/scores';
import type { Field } from '../field';
import type { Face, FoldRun, InferContext, Inference, KindExample, Tensor, Tensor2D, Tf } from '../kind';

/** Ports and fields of metrics that compare predicted classes with true ones, class by class. */
export const CLASS_INPUTS: Face['inputs'] = [
  { id: 'logits', title: 'Scores', type: 'tensor' },
  { id: 'labels', title: 'Labels', type: 'tensor' },
];

export const CLASS_EXAMPLES: KindExample[] = [
  {
    title: 'Three classes',
    inputs: {
      logits: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 3 }],
    },
  },
  {
    title: 'Yes or no',
    params: { from: 'probabilities' },
    inputs: {
      logits: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'probabilities', range: [0, 1] }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
    },
  },
];

export const classFields = (kind: string): Record<string, Field> => ({
  key: keyField(kind),
  from: {
    ...scoresField(),
    help: 'Only matters for a single score: a logit counts as yes above 0, a probability above 0.5.',
  },
  average: {
    type: 'choice',
    title: 'Average',
    default: 'auto',
    choices: [
      { value: 'auto', title: 'Usual', help: 'Of two classes only the second (“yes”) counts; of more, each the same.' },
      { value: 'classes', title: 'Each class the same', help: 'Macro: rare classes count as much as frequent ones.' },
      { value: 'weighted', title: 'By how often each is true', help: 'Frequent classes count more.' },
      {
        value: 'decisions',
        title: 'All decisions together',
        help: 'Micro: hits and mistakes of all classes are added first.',
      },
    ],
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

/** The true class and the predicted one of each example, one-hot: `[examples, classes]` both. */
export function truthAndGuess(tf: Tf, { params, inputs }: Measured): { truth: Tensor2D; guess: Tensor2D } {
  const scores = floatOn(tf, inputs, 'logits');
  const classes = Math.max(2, scores.shape.at(-1) ?? 2);
  const labels = classNumbers(tf, tensorOn(inputs, 'labels'), scores);
  const predicted = predictedClasses(tf, scores, textOf(params, 'from') === 'logits' ? 0 : 0.5);
  const oneHot = (numbers: Tensor) => tf.cast(tf.oneHot(tf.reshape(numbers, [-1]), classes), 'float32') as Tensor2D;
  return { truth: oneHot(labels), guess: oneHot(predicted) };
}

/** For each class: hits, how often it was predicted, how often it was true. */
export const measureClasses: FoldRun['measure'] = (tf, measured) => {
  const { truth, guess } = truthAndGuess(tf, measured);
  return { hits: tf.sum(tf.mul(truth, guess), 0), predicted: tf.sum(guess, 0), actual: tf.sum(truth, 0) };
};

type Measured = Parameters<FoldRun['measure']>[1];
type Totals = Parameters<FoldRun['result']>[0];

/**
 * A share for each class, averaged as `average` says. A class that never occurs has a share of 0 where it is predicted or
 * true somewhere, and is left out where it is neither.
 */
export function averageOverClasses(
  totals: Totals,
  average: string,
  share: (hits: number, predicted: number, actual: number) => number,
): number {
  const { hits = [], predicted = [], actual = [] } = totals;
  const all = Array.from(hits, (hit, index) => ({ hit, predicted: predicted[index] ?? 0, actual: actual[index] ?? 0 }));
  const counted = average === 'auto' && all.length === 2 ? all.slice(1) : all;
  const there = counted.filter((one) => one.predicted + one.actual > 0);
  if (there.length === 0) return 0;
  if (average === 'decisions') return share(total(there, 'hit'), total(there, 'predicted'), total(there, 'actual'));
  const weight = (one: Counts): number => (average === 'weighted' ? one.actual : 1);
  const weights = there.reduce((sum, one) => sum + weight(one), 0);
  return there.reduce((sum, one) => sum + weight(one) * share(one.hit, one.predicted, one.actual), 0) / weights;
}

interface Counts {
  hit: number;
  predicted: number;
  actual: number;
}

const total = (counts: Counts[], key: keyof Counts): number => counts.reduce((sum, one) => sum + one[key], 0);
