import type { DatasetDefinition } from './dataset';
import { featuresField, labelField } from './fields';

const columns = ['beak length (mm)', 'beak depth (mm)', 'flipper length (mm)', 'body mass (g)'];

/** Three species of penguins by size. */
export const dataset: DatasetDefinition = {
  card: {
    id: 'penguins',
    title: 'Palmer penguins',
    summary: 'Beak, flipper and mass of 342 penguins of three species, in raw millimetres and grams.',
    fields: {
      features: featuresField(columns, [13.1, 6300], 'Measurements'),
      label: labelField(['Adelie', 'Chinstrap', 'Gentoo'], 'Species'),
    },
    counts: { train: 274, validation: 34, test: 34 },
    licence: 'CC0 1.0',
    source:
      'palmerpenguins, as the npm package vega-datasets ships it; two rows without measurements are left out. Raw units.',
    citation:
      'K. B. Gorman, T. D. Williams and W. R. Fraser, Ecological Sexual Dimorphism and Environmental Variability within a Community of Antarctic Penguins, 2014',
  },
  files: { format: 'table', file: 'datasets/penguins.csv', features: columns, label: 'species' },
};
