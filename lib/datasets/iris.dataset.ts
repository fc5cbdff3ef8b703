import type { DatasetDefinition } from './dataset';
import { featuresField, labelField } from './fields';

const columns = ['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)'];

/** Three kinds of iris by the size of their leaves. */
export const dataset: DatasetDefinition = {
  card: {
    id: 'iris',
    title: 'Iris',
    summary: 'Four measurements of 150 flowers of three kinds, in raw centimetres.',
    fields: {
      features: featuresField(columns, [0.1, 7.9], 'Measurements'),
      label: labelField(['setosa', 'versicolor', 'virginica'], 'Kind'),
    },
    counts: { train: 120, validation: 15, test: 15 },
    licence: 'CC BY 4.0',
    source: 'UCI Iris, as scikit-learn ships it. Raw units, not standardised.',
    citation: 'R. A. Fisher, The use of multiple measurements in taxonomic problems, 1936',
  },
  files: { format: 'table', file: 'datasets/iris.csv', features: columns, label: 'species' },
};
