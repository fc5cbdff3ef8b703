import type { DatasetDefinition } from './dataset';
import { imageField, labelField } from './fields';

/** 70,000 pictures of clothes, in MNIST's format. */
export const dataset: DatasetDefinition = {
  card: {
    id: 'fashion-mnist',
    title: 'Fashion-MNIST',
    summary: 'Pictures of clothes, 28×28 grey pixels, ten classes. Harder than digits.',
    fields: {
      image: imageField(28, 28, 1),
      label: labelField(
        ['T-shirt', 'trousers', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
        'Article',
      ),
    },
    counts: { train: 54_000, validation: 6_000, test: 10_000 },
    licence: 'MIT (Zalando SE)',
    source:
      "Debian's package dataset-fashion-mnist, or any folder with the four IDX files. Validation: the last 6,000 of training.",
    citation:
      'H. Xiao, K. Rasul and R. Vollgraf, Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms, 2017',
  },
  files: {
    format: 'idx',
    train: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' },
    test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' },
    validation: 6_000,
    at: {
      environment: 'NETLOOM_FASHION_MNIST',
      folders: ['/usr/share/datasets/fashion-mnist', '/usr/local/share/datasets/fashion-mnist'],
    },
  },
};
