import { describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { dataset as circle } from '@/lib/datasets/circle.dataset';
import type { Columns, DatasetDefinition } from '@/lib/datasets/dataset';
import { datasets } from '@/lib/datasets/datasets.generated';
import { withDefaults } from '@/lib/datasets/open-generated';
import { dataset as pass, passProbability } from '@/lib/datasets/will-i-pass.dataset';
import { dataset as xor } from '@/lib/datasets/xor.dataset';

const generated = Object.values(datasets).flatMap((set) => ('generate' in set ? [set] : []));

describe.each(generated.map((set) => [set.card.id, set] as const))('%s', (_id, set) => {
  it('is the same for the same seed and another one for another', () => {
    expect(set.generate({ noise: 0.1 }, 3)).toEqual(set.generate({ noise: 0.1 }, 3));
    expect(set.generate({ noise: 0.1 }, 3)).not.toEqual(set.generate({ noise: 0.1 }, 4));
  });
});

it('keeps options inside the bounds of the card', () => {
  expect(withDefaults(circle.card, { noise: 9, other: 1 })).toEqual({ noise: 0.5 });
  expect(withDefaults(circle.card, { noise: Number.NaN })).toEqual({ noise: 0 });
});

/** All rows of a generated set as plain numbers. */
function rowsOf(set: DatasetDefinition, input: string): { at: [number, number]; label: number }[] {
  const columns: Columns = 'generate' in set ? set.generate({ noise: 0 }, 1) : {};
  const { data } = required(columns[input], input);
  const labels = Array.from(required(columns.label, 'label').data as Int32Array);
  return labels.map((label, row) => ({ at: [Number(data[2 * row]), Number(data[2 * row + 1])], label }));
}

it('draws the circle as a disc within a ring', () => {
  for (const { at, label } of rowsOf(circle, 'point')) {
    if (label === 0) expect(Math.hypot(...at)).toBeLessThan(2.501);
    else expect(Math.hypot(...at)).toBeGreaterThan(3.499);
  }
});

it('labels xor by the sign of x times y', () => {
  const rows = rowsOf(xor, 'point');
  expect(rows.map((row) => row.label)).toEqual(rows.map(({ at: [x, y] }) => (x * y > 0 ? 1 : 0)));
});

it('draws passes as often as their probability says', () => {
  const rows = rowsOf(pass, 'features').map(({ at, label }) => ({ label, expected: passProbability(...at) }));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(Math.abs(mean(rows.map((row) => row.label)) - mean(rows.map((row) => row.expected)))).toBeLessThan(0.03);
  expect(mean(rows.map((row) => Number(row.expected > 0.5 === (row.label === 1))))).toBeGreaterThan(0.92);
  expect(passProbability(4, 5)).toBeCloseTo(0.944, 3);
});
