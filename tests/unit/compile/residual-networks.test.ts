import { expect, test } from 'vitest';
import type { DatasetCard } from '@/lib/datasets/card';
import { type ResidualDepth, residualNetwork } from '@/lib/gallery/residual-network';
import { compiled } from '@/tests/helpers/compile-context';

const pictures: DatasetCard = {
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
  counts: { train: 1000, validation: 100, test: 100 },
  licence: 'none',
  source: 'none',
};

// Trainable parameters of torchvision's models of the same names; He et al. 2015, table 1.
const PUBLISHED: [ResidualDepth, number][] = [
  [18, 11_689_512],
  [34, 21_797_672],
  [50, 25_557_032],
  [101, 44_549_160],
  [152, 60_192_808],
];

test.each(PUBLISHED)('ResNet-%i has as many weights and layers as published', (depth, parameters) => {
  const document = residualNetwork({
    title: 'R',
    depth,
    dataset: 'pictures',
    classes: 1000,
    iterations: 1,
    settings: { batch: 8, lengths: {} },
  });
  const { program, diagnostics, totals } = compiled(document, { datasets: { pictures } });
  expect(diagnostics).toEqual([]);
  expect(totals.trainableParameters).toBe(parameters);
  const weighted = program?.ops.filter(
    ({ kind, id }) => ['conv-2d', 'dense'].includes(kind) && !id.endsWith('/project'),
  );
  expect(weighted).toHaveLength(depth);
});
