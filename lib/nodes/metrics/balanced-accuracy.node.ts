import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { CLASS_INPUTS, classFields, inferClasses, measureClasses } from './class-counts';

const { key, from } = classFields('balanced-accuracy');

export const face: Face = {
  id: 'balanced-accuracy',
  version: 1,
  title: 'Balanced accuracy',
  summary: 'Accuracy in which every class counts the same.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['mean recall', 'macro recall', 'imbalance', 'rare class'],
  icon: 'scale',
  fields: { ...(key && { key }), ...(from && { from }) },
  inputs: CLASS_INPUTS,
  outputs: [{ id: 'metric', title: 'Balanced accuracy', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = (context) => inferClasses('Balanced accuracy', context);

export const docs: KindDocs = {
  text: 'The accuracy within each class, averaged over the classes. Where 99 of 100 are healthy, always saying so has an accuracy of 0.99, but a balanced one of 0.5.',
  formula: 'mean over classes of hits / actual',
  source: 'Brodersen et al., The balanced accuracy and its posterior distribution, 2010',
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
    measure: measureClasses,
    result({ hits = [], actual = [] }) {
      const shares = Array.from(hits, (hit, index) => ({ hit, actual: actual[index] ?? 0 })).filter(
        (one) => one.actual > 0,
      );
      return shares.length === 0 ? 0 : shares.reduce((sum, one) => sum + one.hit / one.actual, 0) / shares.length;
    },
  },
};
