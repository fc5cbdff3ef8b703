import { describe, expect, it } from 'vitest';
import { KERNEL_LAWS, LAWS } from '@/lib/tensor/initializer-laws';
import { fans, initialize } from '@/lib/tensor/initializers';
import { seedOf, uniform } from '@/lib/tensor/philox';

const draw = (law: string, shape: number[], params = {}): Float32Array => {
  let stream = 0;
  return initialize(law, shape, params, (count) => uniform(seedOf('test', law, stream++), count));
};

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: Float32Array): number => {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
};

it.each([...LAWS])('%s fills any shape with finite numbers, the same each time', (law) => {
  for (const shape of [[], [4], [3, 4], [3, 3, 2, 4]]) {
    const values = draw(law, shape, { value: 2 });
    expect(values).toHaveLength(shape.reduce((product, size) => product * size, 1));
    expect(values.every(Number.isFinite)).toBe(true);
    expect(draw(law, shape, { value: 2 })).toEqual(values);
  }
});

it('counts fans as Keras does', () => {
  expect(fans([])).toEqual([1, 1]);
  expect(fans([5])).toEqual([5, 5]);
  expect(fans([784, 128])).toEqual([784, 128]);
  expect(fans([3, 3, 32, 64])).toEqual([288, 576]);
});

// [law, standard deviation, largest value] of a [200, 100] kernel, from Keras' formulas
it.each([
  ['glorot_uniform', Math.sqrt(2 / 300), Math.sqrt(6 / 300)],
  ['glorot_normal', Math.sqrt(2 / 300), (2 * Math.sqrt(2 / 300)) / 0.8796],
  ['he_uniform', Math.sqrt(2 / 200), Math.sqrt(6 / 200)],
  ['he_normal', Math.sqrt(2 / 200), (2 * Math.sqrt(2 / 200)) / 0.8796],
  ['lecun_uniform', Math.sqrt(1 / 200), Math.sqrt(3 / 200)],
  ['lecun_normal', Math.sqrt(1 / 200), (2 * Math.sqrt(1 / 200)) / 0.8796],
  ['uniform', 0.1 / Math.sqrt(12), 0.05],
  ['normal', 0.05, Number.POSITIVE_INFINITY],
  ['truncated_normal', 0.05 * 0.8796, 0.1],
])('%s has the spread and the bound of its law', (law, spread, bound) => {
  const values = draw(law, [200, 100]);
  expect(Math.abs(mean(values))).toBeLessThan(0.04 * spread);
  expect(deviation(values) / spread).toBeCloseTo(1, 1.5);
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(bound * 1.0001);
});

describe('orthogonal', () => {
  it.each([
    [4, 4],
    [3, 8],
    [9, 2],
  ])('%i × %i has orthonormal rows or columns', (rows, columns) => {
    const values = draw('orthogonal', [rows, columns]);
    const at = (row: number, column: number): number => values[row * columns + column] ?? Number.NaN;
    const short = Math.min(rows, columns);
    for (let i = 0; i < short; i++) {
      for (let j = 0; j < short; j++) {
        let dot = 0;
        for (let k = 0; k < Math.max(rows, columns); k++)
          dot += rows >= columns ? at(k, i) * at(k, j) : at(i, k) * at(j, k);
        expect(dot).toBeCloseTo(i === j ? 1 : 0, 5);
      }
    }
  });
});

it('opens the forget gate of an LSTM', () => {
  expect([...draw('unit_forget_bias', [8])]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
});

it('offers only laws that are drawn from nothing but a shape', () => {
  expect(KERNEL_LAWS).toContain('glorot_uniform');
  expect(KERNEL_LAWS).not.toContain('constant');
});
