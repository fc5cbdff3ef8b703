import type { DatasetCard } from '@/lib/datasets/card';

/** What ImageNet looks like to the compiler; no row is read. */
export const imagenetForm: DatasetCard = {
  id: 'pictures',
  title: 'Pictures',
  summary: 'Pictures of 1,000 classes.',
  fields: {
    image: {
      spec: { shape: ['batch', 224, 224, 3], dtype: 'float32', meaning: 'image', range: [0, 1] },
      title: 'Picture',
      stored: 'uint8',
    },
    label: {
      spec: { shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 1000 },
      title: 'Class',
      stored: 'int32',
    },
  },
  counts: { train: 1_281_167, validation: 25_000, test: 25_000 },
  licence: 'none: only the form',
  source: 'ILSVRC 2012',
};
