import { describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { kinds } from '@/lib/nodes/kinds.generated';
import { normal, seedOf } from '@/lib/tensor/philox';
import type { Spec } from '@/lib/tensor/spec';

const ROWS = 1000;
const noise = normal(seedOf('test'), ROWS * 3);
/** Two factors with five and four values. */
const factorsOf = (row: number): [number, number] => [row % 5, Math.floor(row / 5) % 4];

/** The score of codes `[rows, 3]`. */
function score(codes: (row: number) => [number, number, number]): number {
  const kind = required(kinds.disentanglement, 'disentanglement');
  if (kind.run?.as !== 'fold') throw new Error('no fold');
  const rows = Array.from({ length: ROWS }, (_, row) => row);
  const label: Spec = { shape: ['batch'], dtype: 'int32', meaning: 'class' };
  const result = kind.run.fold.result(
    { x: Float64Array.from(rows.flatMap(codes)), factors: Float64Array.from(rows.flatMap(factorsOf)) },
    parseParams(kind.face, {}).params,
    { factors: [label, label] },
  );
  return Number(result);
}

const at = (row: number, d: number): number => noise[3 * row + d] ?? 0;

describe('disentanglement', () => {
  it('is 1 where each latent number answers for one factor', () => {
    expect(
      score((row) => {
        const [a, b] = factorsOf(row);
        return [a + 0.01 * at(row, 0), at(row, 1), b + 0.01 * at(row, 2)];
      }),
    ).toBe(1);
  });

  it('is about chance where they are noise', () => {
    expect(score((row) => [at(row, 0), at(row, 1), at(row, 2)])).toBeLessThan(0.62);
  });

  it('is lower where factors are mixed up', () => {
    const mixed = score((row) => {
      const [a, b] = factorsOf(row);
      return [a + 1.2 * b + 0.5 * at(row, 0), a - 1.2 * b + 0.5 * at(row, 1), at(row, 2)];
    });
    expect(mixed).toBeLessThan(0.9);
  });

  it('lets latent numbers that hardly change not vote, and is 0 where none changes', () => {
    const alive = score((row) => {
      const [a, b] = factorsOf(row);
      return [a + 0.01 * at(row, 0), 1e-3 * at(row, 1), b + 0.01 * at(row, 2)];
    });
    expect(alive).toBe(1);
    expect(score(() => [1, 2, 3])).toBe(0);
  });
});
