import { classNamesOf } from '../common/class-names';
import { keyField } from '../common/metric-key';
import { scoresField } from '../common/scores';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { CLASS_INPUTS, inferClasses, truthAndGuess } from './class-counts';

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
  inputs: CLASS_INPUTS,
  outputs: [],
  oftenNext: [],
};

export const infer: Infer = (context) => inferClasses('Confusion matrix', context);

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
    measure(tf, measured) {
      const { truth, guess } = truthAndGuess(tf, measured);
      return { counts: tf.matMul(truth, guess, true, false) };
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
