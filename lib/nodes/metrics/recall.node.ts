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
  id: 'recall',
  version: 1,
  title: 'Recall',
  summary: 'Of what is yes, how much is found.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['sensitivity', 'hit rate', 'true positive rate', 'false negatives'],
  icon: 'radar',
  fields: classFields('recall'),
  inputs: CLASS_INPUTS,
  outputs: [{ id: 'metric', title: 'Recall', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = (context) => inferClasses('Recall', context);

export const docs: KindDocs = {
  text: 'How little is missed: of all examples of a class, the share that was found. With several classes it is the mean over them, or as chosen.',
  formula: 'hits / actual',
  source: 'van Rijsbergen, Information retrieval, 1979; Keras 3 metrics',
};

export const examples = CLASS_EXAMPLES;

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure: measureClasses,
    result: (totals, params) =>
      averageOverClasses(totals, textOf(params, 'average'), (hits, _, actual) => (actual === 0 ? 0 : hits / actual)),
  },
};
