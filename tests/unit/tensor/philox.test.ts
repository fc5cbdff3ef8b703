import { expect, it } from 'vitest';
import { normal, permutation, seedOf, uniform, uniformBits } from '@/lib/tensor/philox';

it('gives the bits of TensorFlow', () => {
  // tf.raw_ops.StatelessRandomUniform(shape=[6], seed=[…]) of TensorFlow 2.21.
  expect(Array.from(uniform([1, 2], 6))).toEqual(TENSORFLOW.uniform12);
  expect(Array.from(uniform([-7, 2147483647], 6))).toEqual(TENSORFLOW.uniformNegative);
  const ours = normal([1, 2], 6);
  TENSORFLOW.normal12.forEach((value, i) => {
    expect(ours[i]).toBeCloseTo(value, 6);
  });
});

it('does not depend on how much is drawn', () => {
  expect(uniformBits([3, 4], 9)).toEqual(uniformBits([3, 4], 1000).subarray(0, 9));
  expect(normal([3, 4], 5)).toEqual(normal([3, 4], 8).subarray(0, 5));
});

it('spreads seeds: keys that differ in one part have nothing in common', () => {
  const seeds = new Set<string>();
  for (let clock = 0; clock < 20_000; clock++) seeds.add(seedOf(7, 'n7/n2', 'train', clock, 0, 0).join());
  for (let seed = 0; seed < 20_000; seed++) seeds.add(seedOf(seed, 'n7/n3', 'train', 0, 0, 0).join());
  expect(seeds.size).toBe(40_000);
  expect(seedOf(1, 'ab', 'c')).not.toEqual(seedOf(1, 'a', 'bc'));
});

it('fills [min, max) evenly', () => {
  const values = uniform(seedOf('even'), 40_000, -1, 3);
  expect(values.every((value) => value >= -1 && value < 3)).toBe(true);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean).toBeGreaterThan(0.97);
  expect(mean).toBeLessThan(1.03);
});

it('shuffles: every row once, in an order that the seed decides', () => {
  const order = permutation(seedOf(1, 'shuffle', 'data', 0), 1000);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect(permutation(seedOf(1, 'shuffle', 'data', 0), 1000)).toEqual(order);
  expect(permutation(seedOf(1, 'shuffle', 'data', 1), 1000)).not.toEqual(order);
});

/** From the real library. */
const TENSORFLOW = {
  uniform12: [
    0.8440604209899902, 0.19204533100128174, 0.9962232112884521, 0.16038739681243896, 0.27199018001556396,
    0.6493459939956665,
  ],
  uniformNegative: [
    0.2280879020690918, 0.9830089807510376, 0.4583139419555664, 0.6763421297073364, 0.09669220447540283,
    0.9479753971099854,
  ],
  normal12: [
    0.544110119342804, 0.20738030970096588, 0.0735643208026886, 0.04643455147743225, -1.301589846611023,
    -0.9538565278053284,
  ],
};
