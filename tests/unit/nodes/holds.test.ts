import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { parseParams } from '@/lib/nodes/common/parse-params';
import type { HoldRun, HostTensor, PlainParams, Tensor, Tf } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import type { Spec } from '@/lib/tensor/spec';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** What a kind holds or fits after these batches. */
function hold(
  id: string,
  batches: Record<string, Tensor>[],
  { params = {}, specs = {} }: { params?: PlainParams; specs?: Record<string, Spec[]> } = {},
): Record<string, HostTensor> {
  const kind = required(kinds[id], id);
  const run: HoldRun | undefined =
    kind.run?.as === 'hold' ? kind.run.hold : kind.run?.as === 'op' ? kind.run.fit : undefined;
  const parsed = parseParams(kind.face, params).params;
  const totals: Record<string, number[]> = {};
  for (const batch of batches) {
    const inputs = Object.fromEntries(Object.entries(batch).map(([port, tensor]) => [port, [tensor]]));
    const measured = required(run, id).measure(tf as unknown as Tf, { params: parsed, inputs, batch: 1 });
    for (const [name, tensor] of Object.entries(measured)) {
      totals[name] ??= [];
      totals[name].push(...tensor.dataSync());
    }
  }
  const arrays = Object.fromEntries(Object.entries(totals).map(([name, all]) => [name, Float64Array.from(all)]));
  return required(run, id).hold(arrays, parsed, specs);
}

it('normalise: mean and variance of all rows, however far they lie from zero', () => {
  const rows = Array.from({ length: 50 }, (_, i) => [10_000 + Math.sin(i), (i * i) % 17, 0.25]);
  const batches = [rows.slice(0, 32), rows.slice(32, 49), rows.slice(49)].map((some) => ({ x: tf.tensor2d(some) }));
  const { mean, variance, count } = hold('normalise', batches);
  const column = (k: number) => rows.map((row) => Math.fround(row[k] ?? 0));
  for (const k of [0, 1, 2]) {
    const average = column(k).reduce((a, b) => a + b) / 50;
    const spread = column(k).reduce((sum, x) => sum + (x - average) ** 2, 0) / 50;
    expect((mean?.data[k] ?? 0) / average).toBeCloseTo(1, 6);
    expect(variance?.data[k]).toBeCloseTo(spread, 2);
  }
  expect(count?.data).toEqual(Int32Array.of(50));
});

it('class-weight: each class weighs the same in total', () => {
  const labels = [0, 0, 0, 2, 0, 2, 0, 0];
  const spec: Spec = { shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 4 };
  const { y } = hold('class-weight', [{ labels: tf.tensor1d(labels, 'int32') }], { specs: { labels: [spec] } });
  expect([...(y?.data ?? [])]).toEqual([8 / (4 * 6), 0, 1, 0].map(Math.fround));
});

it('latent-resampling: in proportion to the product of 1 / (Q + α), by hand', () => {
  // Two bins each: the first variable splits 3 to 1, the second 2 to 2.
  const mu = tf.tensor2d([0, 0, 0.1, 1, 0.2, 0.1, 1, 0.9], [4, 2]);
  const { y } = hold('latent-resampling', [{ mu }], { params: { bins: 2, smoothing: 0.25 } });
  const rare = [1 / (1 * 0.75), 1 / (1 * 0.75), 1 / (1 * 0.75), 1 / (0.5 * 0.75)];
  const total = rare.reduce((a, b) => a + b);
  rare.forEach((value, row) => {
    expect(y?.data[row]).toBeCloseTo(value / total, 6);
  });
});

it('latent-resampling: what is not kept is uniform, and both have half of the mass', () => {
  const mu = tf.tensor2d([5, 0, -3, 0, 0, 1], [6, 1]);
  const keep = tf.tensor1d([0, 1, 0, 1, 1, 1], 'int32');
  const params = { bins: 2, smoothing: 0.1 };
  const { y } = hold('latent-resampling', [{ mu, keep }], { params });
  const data = [...(y?.data ?? [])];
  expect(data[0]).toBe(0.25);
  expect(data[2]).toBe(0.25);
  const [common, rare] = [1 / (0.75 + 0.1), 1 / (0.25 + 0.1)];
  expect(data[1]).toBeCloseTo((0.5 * common) / (3 * common + rare), 6);
  expect(data[5]).toBeCloseTo((0.5 * rare) / (3 * common + rare), 6);
  const off = hold('latent-resampling', [{ mu, keep }], { params: { ...params, strength: 0 } });
  expect([...(off.y?.data ?? [])]).toEqual([0.25, 0.125, 0.25, 0.125, 0.125, 0.125]);
});

it('latent-resampling: many latent variables and equal codes leave no number out of range', () => {
  const rows = 300;
  const wide = tf.randomNormal([rows, 200], 0, 1, 'float32', 3);
  const { y } = hold('latent-resampling', [{ mu: wide }], { params: { smoothing: 1e-6 } });
  const sum = [...(y?.data ?? [])].reduce((a, b) => a + b, 0);
  expect(sum).toBeCloseTo(1, 4);
  const equal = hold('latent-resampling', [{ mu: tf.ones([4, 3]) }]);
  expect([...(equal.y?.data ?? [])]).toEqual([0.25, 0.25, 0.25, 0.25]);
});
