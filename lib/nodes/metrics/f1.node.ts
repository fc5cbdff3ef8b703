import { textOf } from '../common/params';
import type { Face, Infer, KindDocs, KindRun } from '../kind';
import {
  averageOverClasses,
  CLASS_EXAMPLES,
  CLASS_INPUTS,
  classFields,
  inferClasses,
  measureClasses,
} from './class-counts';

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

export const examples = CLASS_EXAMPLES;

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
