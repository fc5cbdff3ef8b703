import { expect, test } from 'vitest';
import { type ResidualDepth, residualNetwork } from '@/lib/gallery/residual-network';
import { imagenetForm as pictures } from '@/server/cli/bench/imagenet-form';
import { compiled } from '@/tests/helpers/compile-context';

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
