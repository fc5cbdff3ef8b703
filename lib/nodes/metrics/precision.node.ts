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
  id: 'precision',
  version: 1,
  title: 'Precision',
  summary: 'Of what is called yes, how much is.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['positive predictive value', 'ppv', 'false positives'],
  icon: 'focus-2',
  fields: classFields('precision'),
  inputs: CLASS_INPUTS,
  outputs: [{ id: 'metric', title: 'Precision', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = (context) => inferClasses('Precision', context);

export const docs: KindDocs = {
  text: 'How far a yes can be trusted: of all examples that were put into a class, the share that belongs there. With several classes it is the mean over them, or as chosen.',
  formula: 'hits / predicted',
  source: 'van Rijsbergen, Information retrieval, 1979; Keras 3 metrics',
};

export const examples = CLASS_EXAMPLES;

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure: measureClasses,
    result: (totals, params) =>
      averageOverClasses(totals, textOf(params, 'average'), (hits, predicted) =>
        predicted === 0 ? 0 : hits / predicted,
      ),
  },
};
