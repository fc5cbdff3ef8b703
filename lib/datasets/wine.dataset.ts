import type { DatasetDefinition } from './dataset';
import { featuresField, labelField } from './fields';

const columns = [
  'alcohol',
  'malic acid',
  'ash',
  'alcalinity of ash',
  'magnesium',
  'total phenols',
  'flavanoids',
  'nonflavanoid phenols',
  'proanthocyanins',
  'color intensity',
  'hue',
  'od280/od315',
  'proline',
];

/** Three cultivars of wine by their chemistry. */
export const dataset: DatasetDefinition = {
  card: {
    id: 'wine',
    title: 'Wine',
    summary:
      'Thirteen chemical measurements of 178 wines from three cultivars. Units differ by a factor of a thousand.',
    fields: {
      features: featuresField(columns, [0.13, 1680], 'Chemistry'),
      label: labelField(['first', 'second', 'third'], 'Cultivar'),
    },
    counts: { train: 142, validation: 18, test: 18 },
    licence: 'CC BY 4.0',
    source: 'UCI Wine, as scikit-learn ships it. Raw units, not standardised.',
    citation: 'S. Aeberhard and M. Forina, Wine, UCI Machine Learning Repository, 1992',
  },
  files: { format: 'table', file: 'datasets/wine.csv', features: columns, label: 'cultivar' },
};
