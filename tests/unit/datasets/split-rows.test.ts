import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitRows } from '@/lib/datasets/split-rows';

it('puts every row into exactly one split', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 300 }), (labels) => {
      const { train, validation, test } = splitRows(labels.length, labels);
      const all = [...train, ...validation, ...test].sort((a, b) => a - b);
      expect(all).toEqual(labels.map((_, row) => row));
    }),
  );
});

it('gives every class a tenth of its rows for validation and a tenth for test', () => {
  const labels = Array.from({ length: 370 }, (_, row) => (row < 300 ? 0 : 1));
  const { validation, test } = splitRows(labels.length, labels);
  for (const split of [validation, test]) {
    expect([...split].filter((row) => labels[row] === 0)).toHaveLength(30);
    expect([...split].filter((row) => labels[row] === 1)).toHaveLength(7);
  }
});

it('mixes the classes within a split', () => {
  const labels = Array.from({ length: 100 }, (_, row) => (row < 50 ? 0 : 1));
  const first = [...splitRows(100, labels).train.slice(0, 20)].map((row) => labels[row]);
  expect(new Set(first).size).toBe(2);
});
