import { classNamesOf } from '../common/class-names';
import { specOn } from '../common/inference';
import { classNumbers, labelProblems, predictedClasses } from '../common/labels';
import { keyField } from '../common/metric-key';
import { floatOn, tensorOn } from '../common/operands';
import { textOf } from '../common/params';
import { scoreProblems, scoresField } from '../common/scores';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun, Tensor2D } from '../kind';

export const face: Face = {
  id: 'confusion',
  version: 1,
  title: 'Confusion matrix',
  summary: 'Which classes are taken for which.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  aliases: ['confusion matrix', 'errors', 'contingency table'],
  icon: 'table',
  fields: {
    key: keyField('confusion'),
    from: {
      ...scoresField(),
      help: 'Only matters for a single score: a logit counts as yes above 0, a probability above 0.5.',
    },
  },
  inputs: [
    { id: 'logits', title: 'Scores', type: 'tensor' },
    { id: 'labels', title: 'Labels', type: 'tensor' },
  ],
  outputs: [],
  oftenNext: [],
};

export function infer({ params, inputs }: InferContext): Inference {
  const scores = specOn(inputs, 'logits');
  const single = scores?.shape?.at(-1) === 1;
  return {
    outputs: {},
    problems: [
      ...labelProblems('Confusion matrix', 'logits', scores, specOn(inputs, 'labels')),
      ...(single ? scoreProblems('logits', scores, textOf(params, 'from'), 'sigmoid') : []),
    ],
  };
}

export const docs: KindDocs = {
  text: 'A table with a row for each true class and a column for each predicted one. The diagonal is right; everything else shows what is confused with what.',
  formula: 'M[i, j] = number of examples of class i that were taken for j',
};

export const examples: KindExample[] = [
  {
    title: 'Three classes',
    inputs: {
      logits: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 3 }],
    },
  },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure(tf, { params, inputs }) {
      const scores = floatOn(tf, inputs, 'logits');
      const classes = Math.max(2, scores.shape.at(-1) ?? 2);
      const labels = classNumbers(tf, tensorOn(inputs, 'labels'), scores);
      const predicted = predictedClasses(tf, scores, textOf(params, 'from') === 'logits' ? 0 : 0.5);
      const rows = tf.cast(tf.oneHot(tf.reshape(labels, [-1]), classes), 'float32') as Tensor2D;
      const columns = tf.cast(tf.oneHot(tf.reshape(predicted, [-1]), classes), 'float32') as Tensor2D;
      return { counts: tf.matMul(rows, columns, true, false) };
    },
    result({ counts = new Float32Array() }, _, specs, card) {
      const classes = Math.round(Math.sqrt(counts.length));
      return {
        table: 'confusion',
        classes: classNamesOf(classes, specs.labels?.[0], card),
        counts: Array.from({ length: classes }, (_row, row) => [...counts.slice(row * classes, (row + 1) * classes)]),
      };
    },
  },
};
