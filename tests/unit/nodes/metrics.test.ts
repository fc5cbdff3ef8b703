import { beforeAll, describe, expect, it } from 'vitest';
import { parseParams } from '@/lib/nodes/common/parse-params';
import type { MetricResult, PlainParams, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { engine, tf } from '../../contract/kinds/example';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A metric over one batch. */
function measure(id: string, inputs: Record<string, Tensor>, set: PlainParams = {}): MetricResult {
  const kind = kinds[id];
  if (kind?.run?.as !== 'fold') throw new Error(`${id} is no metric`);
  const { params } = parseParams(kind.face, set);
  const wires = Object.fromEntries(Object.entries(inputs).map(([port, tensor]) => [port, [tensor]]));
  const measured = kind.run.fold.measure(engine, { params, inputs: wires, batch: 4 });
  const totals = Object.entries(measured).map(
    ([name, tensor]) => [name, Float64Array.from(tensor.dataSync())] as const,
  );
  return kind.run.fold.result(Object.fromEntries(totals), params, {});
}

describe('averages over classes', () => {
  // True 0 0 0 0 1 1 2, called 0 0 0 1 1 0 2.
  const inputs = () => ({
    logits: tf.cast(tf.oneHot(tf.tensor1d([0, 0, 0, 1, 1, 0, 2], 'int32'), 3), 'float32'),
    labels: tf.tensor1d([0, 0, 0, 0, 1, 1, 2], 'int32'),
  });

  it('precision: 3/4, 1/2 and 1', () => {
    expect(measure('precision', inputs())).toBeCloseTo((0.75 + 0.5 + 1) / 3);
    expect(measure('precision', inputs(), { average: 'weighted' })).toBeCloseTo((4 * 0.75 + 2 * 0.5 + 1) / 7);
    expect(measure('precision', inputs(), { average: 'decisions' })).toBeCloseTo(5 / 7);
  });

  it('recall: 3/4, 1/2 and 1', () => {
    expect(measure('recall', inputs(), { average: 'weighted' })).toBeCloseTo(5 / 7);
    expect(measure('balanced-accuracy', inputs())).toBeCloseTo((0.75 + 0.5 + 1) / 3);
  });

  it('of two classes only yes counts, unless both are asked for', () => {
    const two = {
      logits: tf.cast(tf.oneHot(tf.tensor1d([0, 0, 1, 1], 'int32'), 2), 'float32'),
      labels: tf.tensor1d([0, 1, 1, 1], 'int32'),
    };
    expect(measure('recall', two)).toBeCloseTo(2 / 3);
    expect(measure('recall', two, { average: 'classes' })).toBeCloseTo((1 + 2 / 3) / 2);
  });
});

describe('mean IoU', () => {
  // Class 0: 3 hits of 5 (true 4, called 4); class 1: 1 of 3; class 2: 1 of 1.
  const inputs = () => ({
    logits: tf.cast(tf.oneHot(tf.tensor([0, 0, 0, 1, 1, 0, 2, 2], [2, 4], 'int32'), 4), 'float32'),
    labels: tf.tensor([0, 0, 0, 0, 1, 1, 2, 2], [2, 4], 'int32'),
  });

  it('is the mean over classes that are there', () => {
    expect(measure('mean-iou', inputs())).toBeCloseTo((3 / 5 + 1 / 3 + 1) / 3);
    expect(measure('mean-iou', inputs(), { background: false })).toBeCloseTo((1 / 3 + 1) / 2);
  });
});

describe('calibration error', () => {
  it('is nothing for one who is right as often as sure', () => {
    const inputs = {
      logits: tf.tensor([0.75, 0.25, 0.75, 0.25, 0.75, 0.25, 0.75, 0.25], [4, 2]),
      labels: tf.tensor1d([0, 0, 0, 1], 'int32'),
    };
    expect(measure('calibration-error', inputs, { from: 'probabilities' })).toBeCloseTo(0);
  });

  it('sees both kinds of wrong confidence', () => {
    // Sure to 0.95 and right in 1 of 2; sure to 0.6 and right in 2 of 2.
    const yes = tf.tensor([0.95, 0.05, 0.6, 0.4], [4, 1]);
    const labels = tf.tensor1d([1, 1, 1, 0], 'int32');
    const error = measure('calibration-error', { logits: yes, labels }, { from: 'probabilities', bins: 10 });
    expect(error).toBeCloseTo((Math.abs(1 - 1.9) + Math.abs(2 - 1.2)) / 4);
  });
});

describe('correlation', () => {
  it('of ranks does not mind curves, and equal numbers share a place', () => {
    const inputs = { x: tf.tensor1d([1, 2, 3, 4]), target: tf.tensor1d([1, 8, 27, 64]) };
    expect(measure('correlation', inputs, { of: 'ranks' })).toBeCloseTo(1);
    expect(measure('correlation', inputs)).toBeLessThan(0.98);
    // Places 0, 1.5, 1.5, 3 against 3, 2, 1, 0
    const ties = { x: tf.tensor1d([1, 2, 2, 4]), target: tf.tensor1d([9, 8, 7, 6]) };
    expect(measure('correlation', ties, { of: 'ranks' })).toBeCloseTo(-4.5 / Math.sqrt(4.5 * 5));
  });

  it('of one number that never changes is 0', () => {
    expect(measure('correlation', { x: tf.tensor1d([2, 2]), target: tf.tensor1d([1, 5]) })).toBe(0);
  });
});
