import type { DatasetDefinition } from './dataset';
import { imageField, labelField } from './fields';

/** The small handwritten digits that are always there. */
export const dataset: DatasetDefinition = {
  card: {
    id: 'digits',
    title: 'Digits 8×8',
    summary: 'Small handwritten digits, 8×8 grey pixels, ten classes. Trains in seconds.',
    fields: {
      image: imageField(8, 8, 1),
      label: labelField(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], 'Digit'),
    },
    counts: { train: 1_439, validation: 179, test: 179 },
    licence: 'CC BY 4.0',
    source:
      'UCI Optical Recognition of Handwritten Digits, test part, as scikit-learn ships it. Grey values 0 to 16 as 0 to 255.',
    citation:
      'E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998',
  },
  files: { format: 'pixels', file: 'datasets/digits.csv.gz', height: 8, width: 8, white: 16 },
};
