import { beforeAll, describe, expect, it } from 'vitest';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { liveNumbers } from '@/lib/nodes/common/ports';
import type { PlainParams, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
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
    spec: () => undefined,
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

describe('weights of single numbers', () => {
  const inputs = () => ({
    x: tf.tensor([1, 2, 3, 4], [2, 2, 1]),
    target: tf.zeros([2, 2, 1]),
    sampleWeight: tf.tensor([1, 0, 1, 1], [2, 2]),
  });

  it('leave out what lies outside a mask', () => {
    close(evaluate('mae', inputs()).loss, [(1 + 3 + 4) / 3]);
    close(evaluate('mae', inputs()).perExample, [1, 3.5]);
    close(evaluate('mse', inputs()).loss, [(1 + 9 + 16) / 3]);
  });

  it('may have a last axis of 1, and be one for each example', () => {
    const sampleWeight = tf.tensor([3, 1], [2, 1]);
    close(evaluate('mae', { ...inputs(), sampleWeight }).loss, [(3 * 1.5 + 3.5) / 4]);
    const pixels = tf.tensor([1, 0, 1, 1], [2, 2, 1]);
    close(evaluate('mae', { ...inputs(), sampleWeight: pixels }).perExample, [1, 3.5]);
  });

  it('count in sums', () => {
    const x = tf.zeros([2, 2]);
    const labels = tf.tensor([1, 0, 0, 1], [2, 2]);
    const { loss, perExample } = evaluate(
      'bce',
      { x, labels, sampleWeight: tf.tensor([1, 0, 1, 1], [2, 2]) },
      { reduce: 'sum' },
    );
    close(perExample, [Math.LN2, 2 * Math.LN2]);
    close(loss, [1.5 * Math.LN2]);
  });

  it('are checked for their shape', () => {
    const mae = kinds.mae;
    const floats = (shape: (number | 'batch')[]) => [{ shape, dtype: 'float32' as const, meaning: 'any' as const }];
    const env = { dataset: () => undefined, block: () => undefined };
    const picture = floats(['batch', 4, 4, 2]);
    const problems = (weight: (number | 'batch')[]) =>
      mae?.infer({ params: {}, env, inputs: { x: picture, target: picture, sampleWeight: floats(weight) } }).problems;
    for (const shape of [['batch'], ['batch', 1], ['batch', 4, 4], ['batch', 4, 4, 1], ['batch', 4, 4, 2]] as const)
      expect(problems([...shape])).toEqual([]);
    expect(problems(['batch', 2, 2])).toMatchObject([{ code: 'shape-mismatch', port: 'sampleWeight' }]);
  });
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

describe('Gaussian NLL', () => {
  const inputs = () => ({
    x: tf.tensor2d([[1, 2]]),
    logvar: tf.tensor2d([[0, 0.7]]),
    target: tf.tensor2d([[1.5, 1]]),
  });
  // ½·(0 + 0.5²/1) and ½·(0.7 + 1/exp 0.7)
  const [first, second] = [0.125, 0.5 * (0.7 + Math.exp(-0.7))];

  it('divides the squared error by the variance, which has a price', () => {
    close(evaluate('gaussian-nll', inputs()).perExample, [(first + second) / 2]);
    close(evaluate('gaussian-nll', inputs(), { reduce: 'sum' }).perExample, [first + second]);
  });

  it('is the log-likelihood of a normal distribution with its constant', () => {
    const { perExample } = evaluate('gaussian-nll', inputs(), { reduce: 'sum', full: true });
    close(perExample, [first + second + Math.log(2 * Math.PI)]);
  });
});

it('the quantile loss charges q below and 1 − q above the target', () => {
  const inputs = { x: tf.tensor2d([[1], [5]]), target: tf.tensor1d([3, 3]) };
  close(evaluate('quantile', inputs, { quantile: 0.9 }).perExample, [1.8, 0.2]);
  close(evaluate('quantile', inputs).perExample, [1, 1]);
});

it('Poisson takes logarithms of counts', () => {
  const inputs = { x: tf.tensor2d([[0.5], [-1]]), target: tf.tensor1d([2, 0]) };
  close(evaluate('poisson', inputs, { from: 'logarithms' }).perExample, [Math.exp(0.5) - 1, Math.exp(-1)]);
});

describe('losses of embeddings', () => {
  const rows = (...values: number[][]) => tf.tensor2d(values);
  const triplet = () => ({
    anchor: rows([1, 2], [0, 1]),
    positive: rows([1.5, 1], [0, 3]),
    negative: rows([-1, 0], [0.5, 1]),
  });

  it('a triplet asks for a lead of the margin', () => {
    // Distances 1.118 and 2.828; 2 and 0.5.
    close(evaluate('triplet', triplet()).perExample, [0, 2.5]);
    // Squared: 1.25 and 8; 4 and 0.25.
    close(evaluate('triplet', triplet(), { distance: 'squared', margin: 7 }).perExample, [0.25, 10.75]);
    // Cosines 3.5/(√5·√3.25) and −1/√5; 1 and 1/√1.25.
    const cosine = evaluate('triplet', triplet(), { distance: 'cosine', margin: 2 }).perExample;
    const lead = -1 / Math.sqrt(5) - 3.5 / (Math.sqrt(5) * Math.sqrt(3.25));
    const second = 1 / Math.sqrt(1.25) - 3 / 3;
    close(cosine, [lead + 2, second + 2]);
  });

  it('pairs are pulled together or pushed to the margin', () => {
    const pairs = { a: rows([0, 0], [0, 0], [0, 0]), b: rows([3, 4], [3, 4], [0.6, 0.8]) };
    const { perExample } = evaluate('contrastive', { ...pairs, same: tf.tensor1d([1, 0, 0], 'int32') }, { margin: 3 });
    // ½·25; far enough; ½·(3 − 1)²
    close(perExample, [12.5, 0, 2]);
  });

  it('has a gradient where both are the same', () => {
    const kind = kinds.triplet;
    if (kind?.run?.as !== 'op') throw new Error('no triplet');
    const { run } = kind.run;
    const { params } = parseParams(kind.face, {});
    const gradient = tf.grad((anchor) => {
      const inputs = { anchor: [anchor], positive: [tf.ones([1, 2])], negative: [tf.zeros([1, 2])] };
      const context = {
        params,
        numbers: {},
        inputs,
        spec: () => undefined,
        variables: {},
        mode: 'train' as const,
        random: random('t'),
        batch: 1,
      };
      return run(engine, context).outputs.loss as tf.Tensor;
    })(tf.ones([1, 2]));
    expect([...gradient.dataSync()].every(Number.isFinite)).toBe(true);
  });
});

describe('losses of masks', () => {
  const mask = (...values: number[]) => tf.tensor(values, [1, 2, 2, 1]);
  const probabilities = { from: 'probabilities' };

  it('Dice and IoU count shared pixels', () => {
    // Two true pixels, two predicted, one shared.
    const inputs = { logits: mask(1, 1, 0, 0), labels: mask(1, 0, 1, 0) };
    close(evaluate('dice', inputs, probabilities).perExample, [0.5]);
    close(evaluate('iou-loss', inputs, probabilities).perExample, [2 / 3]);
    close(evaluate('tversky', inputs, { ...probabilities, alpha: 1, beta: 0 }).perExample, [0.5]);
  });

  it('nothing there and nothing predicted is no mistake', () => {
    const inputs = { logits: mask(0, 0, 0, 0), labels: mask(0, 0, 0, 0) };
    for (const loss of ['dice', 'iou-loss', 'tversky']) close(evaluate(loss, inputs, probabilities).loss, [0]);
  });

  it('takes class numbers of pixels', () => {
    const logits = tf.tensor([9, 0, 0, 9, 9, 0, 9, 0], [1, 2, 2, 2]);
    const sure = evaluate('dice', { logits, labels: tf.tensor([0, 1, 0, 0], [1, 2, 2], 'int32') });
    expect(sure.loss?.[0]).toBeLessThan(1e-3);
  });
});
