import { beforeAll, describe, expect, it } from 'vitest';
import type { PlainParams, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { parseParams } from '@/lib/nodes/parse-params';
import { liveNumbers } from '@/lib/nodes/ports';
import { engine, random, tf } from '../../contract/kinds/example';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Runs an op on plain arrays; gives each output as a flat list. */
function evaluate(
  id: string,
  inputs: Record<string, Tensor | Tensor[]>,
  set: PlainParams = {},
  variables: Record<string, Tensor> = {},
  mode: 'train' | 'evaluation' = 'train',
): Record<string, number[]> {
  const kind = kinds[id];
  if (kind?.run?.as !== 'op') throw new Error(`${id} is no op`);
  const { params } = parseParams(kind.face, set);
  const wires = Object.fromEntries(Object.entries(inputs).map(([port, value]) => [port, [value].flat()]));
  const { outputs, writes = {} } = kind.run.run(engine, {
    params,
    numbers: liveNumbers(kind.face, params, { losses: wires.losses?.length ?? 0 }),
    inputs: wires,
    variables,
    mode,
    random: random(id),
    batch: 2,
  });
  return Object.fromEntries(
    Object.entries({ ...outputs, ...writes }).map(([key, value]) => [key, [...value.dataSync()]]),
  );
}

const close = (got: number[] | undefined, expected: number[], digits = 5): void => {
  expect(got).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect(got?.[index]).toBeCloseTo(value, digits);
};

describe('cross-entropy', () => {
  const logits = () =>
    tf.tensor2d([
      [1, 2, 3],
      [0, 0, 0],
    ]);

  it('is the negative log of the softmax at the label', () => {
    // log(e + e² + e³) − 3 and log 3
    const { loss, perExample } = evaluate('cross-entropy', { logits: logits(), labels: tf.tensor1d([2, 1], 'int32') });
    close(perExample, [0.4076059644, Math.log(3)]);
    close(loss, [(0.4076059644 + Math.log(3)) / 2]);
  });

  it('takes one-hot rows as well', () => {
    const labels = tf.tensor2d([
      [0, 0, 1],
      [0, 1, 0],
    ]);
    close(evaluate('cross-entropy', { logits: logits(), labels }).perExample, [0.4076059644, Math.log(3)]);
  });

  it('stays exact where exponentials overflow', () => {
    const far = tf.tensor2d([
      [1000, 0],
      [-1000, 0],
    ]);
    const { perExample } = evaluate('cross-entropy', { logits: far, labels: tf.tensor1d([0, 0], 'int32') });
    close(perExample, [0, 1000]);
  });

  it('weighs examples, and gives 0 where all weights are 0', () => {
    const labels = tf.tensor1d([2, 1], 'int32');
    close(evaluate('cross-entropy', { logits: logits(), labels, sampleWeight: tf.tensor1d([3, 1]) }).loss, [
      (3 * 0.4076059644 + Math.log(3)) / 4,
    ]);
    close(evaluate('cross-entropy', { logits: logits(), labels, sampleWeight: tf.tensor1d([0, 0]) }).loss, [0]);
  });

  it('smooths labels as Keras does', () => {
    // target 0.9 + 0.1/3 on the label, 0.1/3 elsewhere; log-probabilities −2.4076, −1.4076, −0.4076
    const expected = (0.9 + 0.1 / 3) * 0.4076059644 + (0.1 / 3) * (2.4076059644 + 1.4076059644);
    const { perExample } = evaluate(
      'cross-entropy',
      { logits: logits(), labels: tf.tensor1d([2, 1], 'int32') },
      { smoothing: 0.1 },
    );
    close(perExample, [expected, Math.log(3)]);
  });
});

describe('binary cross-entropy', () => {
  it('agrees between logits and probabilities', () => {
    const labels = tf.tensor1d([1, 0], 'int32');
    // −log σ(2) = 0.126928; −log(1 − σ(−1)) = 0.313262
    close(evaluate('bce', { x: tf.tensor2d([[2], [-1]]), labels }).perExample, [0.126928011, 0.313261688]);
    const x = tf.sigmoid(tf.tensor2d([[2], [-1]]));
    close(evaluate('bce', { x, labels }, { from: 'probabilities' }).perExample, [0.126928011, 0.313261688]);
  });

  it('is exact in both tails', () => {
    const x = tf.tensor2d([[90], [-90]]);
    close(evaluate('bce', { x, labels: tf.tensor1d([1, 0], 'int32') }).perExample, [0, 0]);
    close(evaluate('bce', { x, labels: tf.tensor1d([0, 1], 'int32') }).perExample, [90, 90]);
  });
});

it('mse and mae are means over each example', () => {
  const inputs = () => ({
    x: tf.tensor2d([
      [1, 2],
      [3, 5],
    ]),
    target: tf.tensor2d([
      [0, 0],
      [3, 1],
    ]),
  });
  close(evaluate('mse', inputs()).perExample, [2.5, 8]);
  close(evaluate('mse', inputs()).loss, [5.25]);
  close(evaluate('mae', inputs()).perExample, [1.5, 2]);
  const column = { x: tf.tensor2d([[1], [4]]), target: tf.tensor1d([2, 2]) };
  close(evaluate('mse', column).perExample, [1, 4]);
});

it('a loss sum weighs its wires', () => {
  const losses = [tf.scalar(2), tf.scalar(10), tf.scalar(1)];
  close(evaluate('loss-sum', { losses }, { weights: [1, 0.5] }).loss, [8]);
});

it('batch norm normalises by the batch while training and follows it slowly', () => {
  const variables = () => ({
    gamma: tf.tensor1d([2]),
    beta: tf.tensor1d([1]),
    moving_mean: tf.tensor1d([0]),
    moving_variance: tf.tensor1d([1]),
  });
  const x = () => tf.tensor2d([[1], [3]]);
  // mean 2, population variance 1
  const trained = evaluate('batch-norm', { x: x() }, {}, variables());
  const unit = 1 / Math.sqrt(1.001);
  close(trained.y, [1 - 2 * unit, 1 + 2 * unit]);
  close(trained.moving_mean, [0.02]);
  close(trained.moving_variance, [1]);
  const used = evaluate('batch-norm', { x: x() }, {}, variables(), 'evaluation');
  close(used.y, [1 + 2 * unit, 1 + 6 * unit]);
  expect(used.moving_mean).toBeUndefined();
});

it('an LSTM takes one step as on paper', () => {
  // One unit, one feature: kernel and recurrent kernel for the gates i, f, c, o.
  const variables = {
    kernel: tf.tensor2d([[0.1, 0.2, 0.3, 0.4]]),
    recurrent_kernel: tf.tensor2d([[0.5, 0.6, 0.7, 0.8]]),
    bias: tf.tensor1d([0, 1, 0, 0]),
  };
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const step = (x: number, h: number, c: number): [number, number] => {
    const memory = sigmoid(0.2 * x + 0.6 * h + 1) * c + sigmoid(0.1 * x + 0.5 * h) * Math.tanh(0.3 * x + 0.7 * h);
    return [sigmoid(0.4 * x + 0.8 * h) * Math.tanh(memory), memory];
  };
  const [h1, c1] = step(2, 0, 0);
  const [h2] = step(-1, h1, c1);
  const x = () => tf.tensor3d([[[2], [-1]]]);
  close(evaluate('lstm', { x: x() }, { units: 1 }, variables).y, [h2], 6);
  close(evaluate('lstm', { x: x() }, { units: 1, gives: 'every' }, variables).y, [h1, h2], 6);
});

it('dropout keeps the mean: what stays grows', () => {
  const x = tf.ones([4000]);
  const { y = [] } = evaluate('dropout', { x }, { rate: 0.25 });
  const kept = y.filter((value) => value !== 0);
  expect(new Set(kept.map((value) => value.toFixed(5)))).toEqual(new Set([(1 / 0.75).toFixed(5)]));
  expect(kept.length / 4000).toBeCloseTo(0.75, 1);
  close(evaluate('dropout', { x: tf.ones([3]) }, { rate: 0.25 }, {}, 'evaluation').y, [1, 1, 1]);
  expect(evaluate('dropout', { x: tf.ones([64]) }, { mc: true }, {}, 'evaluation').y).toContain(0);
});
