import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import type { Tensor, Tf } from '@/lib/nodes/kind';
import { run } from '@/lib/nodes/metrics/sliced-distance.node';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function distance(x: Tensor, real: Tensor): number {
  if (run.as !== 'fold') throw new Error('no fold');
  const measured = run.fold.measure(tf as unknown as Tf, { params: {}, inputs: { x: [x], real: [real] }, batch: 4 });
  const totals = Object.entries(measured).map(([name, tensor]) => [name, Float64Array.from(tensor.dataSync())]);
  return run.fold.result(Object.fromEntries(totals), {}, {}) as number;
}

it('is zero for the same points in another order, and the shift itself along one axis', () => {
  const points = tf.tensor2d([0, 1, 2, 3, -1, 5], [3, 2]);
  const turned = tf.tensor2d([-1, 5, 0, 1, 2, 3], [3, 2]);
  expect(distance(points, turned)).toBeCloseTo(0, 6);
  const line = tf.tensor2d([0, 1, 2, 7], [4, 1]);
  expect(distance(tf.add(line, 0.5), line)).toBeCloseTo(0.5, 5);
  // In a plane a shift of length 1 is seen as |cos| of the angle: 2/π on average.
  const seen = distance(tf.add(points, tf.tensor1d([0.6, 0.8])), points);
  expect(seen).toBeGreaterThan(0.5);
  expect(seen).toBeLessThan(0.77);
});
