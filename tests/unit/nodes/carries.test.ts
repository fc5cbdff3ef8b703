import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { parseParams } from '@/lib/nodes/common/parse-params';
import type { PlainParams, RunContext, Tensor, Tf } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { random } from '@/tests/contract/kinds/example';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Runs a kind on one batch after the other; answers outputs, and carries at the end. */
function runOver(id: string, batches: Tensor[], start: Record<string, Tensor>, given: PlainParams = {}) {
  const kind = required(kinds[id], id);
  const { params } = parseParams(kind.face, given);
  const variables = { ...start };
  const outputs = batches.map((x, i) => {
    const context: RunContext = {
      params,
      numbers: {},
      inputs: { x: [x] },
      spec: () => undefined,
      variables,
      mode: 'train',
      random: random(`${id} ${i}`),
      batch: x.shape[0] ?? 1,
    };
    if (kind.run?.as !== 'op') throw new Error(id);
    const result = kind.run.run(tf as unknown as Tf, context);
    Object.assign(variables, result.writes);
    return result.outputs;
  });
  return { outputs, variables };
}

it('running-mean gives the mean of what came before, without a pull towards zero', () => {
  const batches = [4, 4, 10].map((value) => tf.fill([3], value));
  const start = { mean: tf.scalar(0), weight: tf.scalar(0) };
  const { outputs, variables } = runOver('running-mean', batches, start, { momentum: 0.5 });
  const values = outputs.map(({ y }) => y?.dataSync()[0] ?? Number.NaN);
  expect(values[0]).toBe(0);
  expect(values[1]).toBeCloseTo(4, 6);
  expect(values[2]).toBeCloseTo(4, 6);
  // (4·¼ + 4·½)·½ … by hand: weights ⅛, ¼, ½ of 4, 4, 10.
  expect((variables.mean?.dataSync()[0] ?? 0) / (variables.weight?.dataSync()[0] ?? 1)).toBeCloseTo(
    (4 / 8 + 4 / 4 + 10 / 2) / (7 / 8),
    5,
  );
});

it('history fills first, then swaps about half, and every example is either given or kept', () => {
  const size = 6;
  const count = 40;
  const batch = 4;
  const batches = Array.from({ length: count }, (_, i) =>
    tf.tensor2d(Array.from({ length: batch }, (__, k) => [1 + i * batch + k, -(1 + i * batch + k)])),
  );
  const start = { pool: tf.zeros([size, 2]), count: tf.scalar(0) };
  const { outputs, variables } = runOver('history', batches, start, { size });
  const given = outputs.map(({ y }) => (required(y, 'y').arraySync() as number[][]).map(([first = 0]) => first));
  // The first six examples only fill; the two of the second batch that find no room go through.
  expect(given[0]).toEqual([1, 2, 3, 4]);
  expect(given[1]).toEqual([5, 6, 7, 8]);
  expect(variables.count?.dataSync()[0]).toBe(size);
  const all = given.flat();
  expect(all.every((value) => value > 0)).toBe(true);
  const swapped = given.slice(2).flatMap((values, i) => values.filter((value) => value < 1 + (i + 2) * batch));
  expect(swapped.length / ((count - 2) * batch)).toBeGreaterThan(0.35);
  expect(swapped.length / ((count - 2) * batch)).toBeLessThan(0.65);
  // What was filled in counts twice: given at once, and later out of the history or still in it.
  const pool = (required(variables.pool, 'pool').arraySync() as number[][]).map(([first = 0, second]) => {
    expect(second).toBe(-first);
    return first;
  });
  const seen = [...all, ...pool].sort((a, b) => a - b);
  const wanted = [...Array.from({ length: count * batch }, (_, i) => i + 1), 1, 2, 3, 4, 5, 6].sort((a, b) => a - b);
  expect(seen).toEqual(wanted);
});

it('uncertainty-sum weighs by e^−s, half of it for a regression', () => {
  const kind = required(kinds['uncertainty-sum'], 'uncertainty-sum');
  if (kind.run?.as !== 'op') throw new Error('no op');
  const losses = [1.5, 0.25, 2].map((value) => tf.scalar(value));
  const s = [0.5, -1, 0];
  const { outputs } = kind.run.run(tf as unknown as Tf, {
    params: { learn: true, forms: ['softmax', 'gaussian'] },
    numbers: {},
    inputs: { losses },
    spec: () => undefined,
    variables: { log_variance: tf.tensor1d(s) },
    mode: 'train',
    random: random('none'),
    batch: 1,
  });
  const hand = Math.exp(-0.5) * 1.5 + 0.5 / 2 + (Math.exp(1) * 0.25) / 2 + -1 / 2 + 2 / 2 + 0;
  expect(outputs.loss?.dataSync()[0]).toBeCloseTo(hand, 6);
  expect([...(outputs.factors?.dataSync() ?? [])].map((value) => -Math.log(value))).toEqual(
    s.map((value) => expect.closeTo(value, 5)),
  );
});

it.each([
  ['auc', { x: [0.1, 0.4, 0.35, 0.8], labels: [0, 0, 1, 1] }, 0.75],
  ['auc', { x: [1, 1, 1, 1], labels: [0, 1, 0, 1] }, 0.5],
  ['auc', { x: [3, 2, 1], labels: [1, 1, 0] }, 1],
  ['variance', { x: [1, 3, 5, 7] }, 5],
  ['group-gap', { logits: [2, -1, 3, 1], labels: [1, 1, 1, 0], group: [0, 0, 1, 1] }, 0],
  ['group-gap', { logits: [2, -1, 3, 1], labels: [1, 1, 1, 1], group: [0, 0, 1, 1] }, 0.5],
  ['group-gap', { logits: [2, -1, 3, 1], labels: [1, 1, 1, 1], group: [0, 0, 1, 1], among: [1, 0, 1, 1] }, 0],
] as [string, Record<string, number[]>, number][])('%s of %o is %f', (id, columns, expected) => {
  const kind = required(kinds[id], id);
  if (kind.run?.as !== 'fold') throw new Error(id);
  const { params } = parseParams(kind.face, {});
  const inputs = Object.fromEntries(
    Object.entries(columns).map(([port, numbers]) => [
      port,
      [
        port === 'logits'
          ? tf.tensor2d(numbers, [numbers.length, 1])
          : tf.tensor1d(numbers, port === 'x' ? 'float32' : 'int32'),
      ],
    ]),
  );
  const measured = kind.run.fold.measure(tf as unknown as Tf, { params, inputs, batch: 4 });
  const totals = Object.fromEntries(
    Object.entries(measured).map(([name, tensor]) => [name, Float64Array.from(tensor.dataSync())]),
  );
  expect(kind.run.fold.result(totals, params, {})).toBeCloseTo(expected, 6);
});
