import { textOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { averageOverClasses, CLASS_INPUTS, classFields, inferClasses, measureClasses } from './class-counts';

export const face: Face = {
  id: 'f1',
  version: 1,
  title: 'F1',
  summary: 'Precision and recall in one number.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['f-score', 'f-measure', 'dice', 'harmonic mean'],
  icon: 'math-avg',
  fields: classFields('f1'),
  inputs: CLASS_INPUTS,
  outputs: [{ id: 'metric', title: 'F1', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = (context) => inferClasses('F1', context);

export const docs: KindDocs = {
  text: 'The harmonic mean of precision and recall: high only if both are. Better than accuracy where one class is rare. With several classes it is the mean over them, or as chosen.',
  formula: '2 · hits / (predicted + actual)',
  source: 'van Rijsbergen, Information retrieval, 1979; Keras 3 metrics',
};

export const examples: KindExample[] = [
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

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure: measureClasses,
    result: (totals, params) =>
      averageOverClasses(
        totals,
        textOf(params, 'average'),
        (hits, predicted, actual) => (2 * hits) / (predicted + actual),
      ),
  },
};
