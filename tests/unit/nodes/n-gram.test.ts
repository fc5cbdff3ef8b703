import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import type { Tf } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import type { Spec } from '@/lib/tensor/spec';
import { infer } from '@/tests/contract/kinds/example';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const kind = kinds['n-gram'];
const spec: Spec = { shape: ['batch', 4], dtype: 'int32', meaning: 'tokens', classes: 2 };

test('counts and leans on shorter contexts as Witten and Bell say', () => {
  if (kind?.run?.as !== 'op' || !kind.run.fit) throw new Error('n-gram is not fitted');
  const params = { order: 2, start: 0 };
  // Rows begin behind the start token: 0→0 0→1 1→0 0→1, twice.
  const tokens = Float64Array.from([0, 1, 0, 1, 0, 1, 0, 1]);
  const { table } = kind.run.fit.hold({ tokens }, params, { x: [spec] });
  // Alone: n = 4, 4 of 8, d = 2: (4 + 2·½) / 10 = ½. After 0: 2, 4 of 6; after 1: 2, 0 of 2.
  const expected = [(2 + 2 * 0.5) / 8, (4 + 2 * 0.5) / 8, (2 + 1 * 0.5) / 3, (0 + 1 * 0.5) / 3];
  expect(table?.shape).toEqual([2, 2]);
  expected.forEach((chance, i) => {
    expect(Math.exp(table?.data[i] ?? 0)).toBeCloseTo(chance, 6);
  });
  const run = kind.run.run;
  tf.tidy(() => {
    const { outputs } = run(tf as unknown as Tf, {
      params,
      numbers: {},
      inputs: { x: [tf.tensor2d([[1, 0, 0, 1]], [1, 4], 'int32')] },
      spec: () => undefined,
      variables: { table: tf.tensor(table?.data ?? [], table?.shape) },
      mode: 'evaluation',
      random: { uniform: () => tf.scalar(0), normal: () => tf.scalar(0) },
      batch: 1,
    });
    const rows = outputs.y?.arraySync() as number[][][];
    // What stands before each step: the start token 0, then 1, 0, 0.
    [0, 1, 0, 0].forEach((before, step) => {
      expect(Math.exp(rows[0]?.[step]?.[1] ?? 0)).toBeCloseTo(expected[2 * before + 1] ?? 0, 6);
    });
  });
});

test('too many counts are refused with an order that fits', () => {
  if (!kind) throw new Error('no n-gram');
  const { problems } = infer(kind, { order: 6, start: 0 }, { x: [{ ...spec, classes: 38 }] });
  expect(problems?.[0]).toMatchObject({ code: 'param-range', remedies: [{ set: { order: 4 } }] });
});
