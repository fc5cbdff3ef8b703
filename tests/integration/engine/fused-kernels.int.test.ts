import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineHost } from '@/lib/engine/host';
import { fusedBatchNorm, fusedCrossEntropy, fusedLogisticLoss, fusedLstm } from '@/lib/nodes/common/fused';
import { composedLogisticLoss } from '@/lib/nodes/common/logistic-loss';
import type { Tensor } from '@/lib/nodes/kind';
import { seedOf, uniform } from '@/lib/tensor/philox';
import { ensureEngine } from '@/server/engine/install-engine';
import { openNodeHost } from '@/server/engine/node-host';

let host: EngineHost;
beforeAll(async () => {
  await ensureEngine();
  host = await openNodeHost({ threads: 2, datasets: { open: () => Promise.reject(new Error('no data here')) } });
}, 300_000);

/** Seeded numbers in [-1, 1). */
const drawn = (name: string, shape: number[]): Tensor =>
  host.tf.tensor(
    uniform(
      seedOf(1, name),
      shape.reduce((product, size) => product * size, 1),
      -1,
    ),
    shape,
  );

type Compute = (inputs: Tensor[]) => Tensor;

/** A gradient penalty: something of the function and of its gradient for the first input, so that both are differentiated. */
const penalty = (of: Compute): Compute => {
  const { tf } = host;
  return ([x, ...rest]) => {
    const inner = (at: Tensor): Scalar => {
      const y = of([at, ...rest]);
      // Weighted, since the squares of what batch norm gives add up to the same whatever goes in.
      return tf.sum(tf.mul(tf.square(y), drawn('penalty', y.shape)));
    };
    return tf.sum(tf.square(tf.grad(inner)(x as Tensor)));
  };
};

/** Value and gradients for all inputs. */
function differentiated(of: Compute, inputs: Tensor[], weights: Tensor | null): Float32Array[] {
  const { tf } = host;
  const loss = (...all: Tensor[]): Scalar => (weights ? tf.sum(tf.mul(of(all), weights)) : tf.sum(of(all)));
  const { value, grads } = tf.valueAndGrads(loss)(inputs);
  return [value, ...grads].map((tensor) => tensor.dataSync() as Float32Array);
}

function expectSame(a: Float32Array[], b: Float32Array[], tolerance: number): void {
  expect(a.length).toBe(b.length);
  for (const [i, values] of a.entries()) {
    const size = Math.max(...Array.from(values, Math.abs));
    const difference = Math.max(...Array.from(values, (value, at) => Math.abs(value - (b[i]?.[at] ?? Number.NaN))));
    expect(size).toBeGreaterThan(0);
    expect(difference / size).toBeLessThan(tolerance);
  }
}

describe('fused kernels', () => {
  it.each([
    { title: 'rows', shape: [7, 4] },
    { title: 'sequences', shape: [3, 5, 4] },
    { title: 'pictures', shape: [2, 3, 5, 4] },
    { title: 'volumes', shape: [2, 2, 3, 2, 4] },
  ])('batch norm of $title: the numbers, gradients and second gradients of its formula', ({ shape }) => {
    const { tf } = host;
    const epsilon = 0.01;
    const axes = shape.map((_, axis) => axis).slice(0, -1);
    const formula: Compute = ([x, gamma, beta]) => {
      const { mean, variance } = tf.moments(x as Tensor, axes);
      const unit = tf.mul(tf.sub(x as Tensor, mean), tf.rsqrt(tf.add(variance, epsilon)));
      return tf.add(tf.mul(unit, gamma as Tensor), beta as Tensor);
    };
    const fused: Compute = ([x, gamma, beta]) => {
      const made = fusedBatchNorm(tf, { x: x as Tensor, gamma, beta, epsilon });
      if (!made) throw new Error('the native engine has it');
      return made.y;
    };
    tf.tidy(() => {
      const inputs = [drawn('x', shape), drawn('gamma', [4]), drawn('beta', [4])];
      const [x = tf.scalar(0)] = inputs;
      const weights = drawn('weights', shape);
      expectSame(differentiated(fused, inputs, weights), differentiated(formula, inputs, weights), 1e-5);
      expectSame(differentiated(penalty(fused), inputs, null), differentiated(penalty(formula), inputs, null), 1e-4);
      // Keras 3 follows the variance of the batch itself, without the correction for a sample.
      const made = fusedBatchNorm(tf, { x, gamma: undefined, beta: undefined, epsilon });
      const { mean, variance } = tf.moments(x, axes);
      expectSame(
        [made?.mean.dataSync() as Float32Array, made?.variance.dataSync() as Float32Array],
        [mean.dataSync() as Float32Array, variance.dataSync() as Float32Array],
        1e-5,
      );
    });
  });

  it('cross-entropy of class numbers: the same, and nothing for a number that is no class', () => {
    const { tf } = host;
    tf.tidy(() => {
      const labels = tf.tensor1d([2, 0, -1, 4, 1, 5], 'int32');
      const formula: Compute = ([scores]) =>
        tf.neg(tf.sum(tf.mul(tf.cast(tf.oneHot(labels, 5), 'float32'), tf.logSoftmax(scores as Tensor)), -1));
      const fused: Compute = ([scores]) => {
        const made = fusedCrossEntropy(tf, scores as Tensor, () => labels);
        if (!made) throw new Error('the native engine has it');
        return made;
      };
      const inputs = [tf.mul(drawn('scores', [6, 5]), 4)];
      expect(Array.from(fused(inputs).dataSync()).map((loss) => loss > 0)).toEqual([
        true,
        true,
        false,
        true,
        true,
        false,
      ]);
      const weights = drawn('weights', [6]);
      expectSame(differentiated(fused, inputs, weights), differentiated(formula, inputs, weights), 1e-5);
      expectSame(differentiated(penalty(fused), inputs, null), differentiated(penalty(formula), inputs, null), 1e-4);
    });
  });

  it('binary cross-entropy of scores: the same numbers, gradients and second gradients, and what is not a number stays so', () => {
    const { tf } = host;
    tf.tidy(() => {
      const fused: Compute = ([x, t]) => {
        const made = fusedLogisticLoss(tf, x as Tensor, t as Tensor);
        if (!made) throw new Error('the native engine has it');
        return made;
      };
      const formula: Compute = ([x, t]) => composedLogisticLoss(tf, x as Tensor, t as Tensor);
      // For several threads, and a rest that fills no register.
      const inputs = [tf.mul(drawn('scores', [173, 101]), 6), tf.add(tf.mul(drawn('answers', [173, 101]), 0.5), 0.5)];
      const weights = drawn('weights', [173, 101]);
      expectSame(differentiated(fused, inputs, weights), differentiated(formula, inputs, weights), 1e-5);
      expectSame(differentiated(penalty(fused), inputs, null), differentiated(penalty(formula), inputs, null), 1e-4);
      expect(fused([tf.tensor1d([Number.NaN]), tf.tensor1d([1])]).dataSync()[0]).toBeNaN();
    });
  });

  it.each([
    { title: 'fewer units than a register holds', shape: [3, 4, 5] },
    { title: 'more rows and units than a tile', shape: [37, 3, 40] },
    { title: 'rows for several threads', shape: [64, 7, 64] },
  ])('a sequence through an LSTM, $title: the numbers, gradients and second gradients of its steps', ({ shape }) => {
    const { tf } = host;
    const [rows = 0, time = 0, units = 0] = shape;
    /** Hidden states and, below them, the last memory. */
    const formula: Compute = ([projected, recurrent, hidden, memory]) => {
      let [heard, kept] = [hidden as Tensor2D, memory as Tensor2D];
      const steps = tf.unstack(projected as Tensor, 1).map((step) => {
        const sums = tf.add<Tensor2D>(step, tf.matMul(heard, recurrent as Tensor2D));
        const [i, f, c, o] = tf.split(sums, 4, 1) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D];
        kept = tf.add(tf.mul(tf.sigmoid(f), kept), tf.mul(tf.sigmoid(i), tf.tanh(c)));
        heard = tf.mul(tf.sigmoid(o), tf.tanh(kept));
        return heard;
      });
      return tf.stack([...steps, kept], 1);
    };
    const fused: Compute = ([projected, recurrent, hidden, memory]) => {
      const states = { hidden: hidden as Tensor, memory: memory as Tensor };
      const made = fusedLstm(tf, () => projected as Tensor, { recurrent: recurrent as Tensor, ...states });
      if (!made) throw new Error('the native engine has it');
      return tf.concat([made.y, tf.expandDims(made.memory, 1)], 1);
    };
    tf.tidy(() => {
      const inputs = [
        // Wide enough for both ends of the curves.
        tf.mul(drawn('projected', [rows, time, 4 * units]), 4),
        tf.mul(drawn('recurrent', [units, 4 * units]), 0.5),
        drawn('hidden', [rows, units]),
        drawn('memory', [rows, units]),
      ];
      const weights = drawn('weights', [rows, time + 1, units]);
      expectSame(differentiated(fused, inputs, weights), differentiated(formula, inputs, weights), 1e-5);
      expectSame(differentiated(penalty(fused), inputs, null), differentiated(penalty(formula), inputs, null), 1e-4);
    });
  });

  it.each(['sigmoid', 'tanh', 'mean', 'sum'] as const)(
    'second gradients of %s are those of finite differences',
    (name) => {
      const { tf } = host;
      tf.tidy(() => {
        const of: Compute = ([x]) => {
          const bent = tf.square(x as Tensor);
          if (name === 'sigmoid') return tf.sigmoid(bent);
          if (name === 'tanh') return tf.tanh(bent);
          return name === 'mean' ? tf.square(tf.mean(bent, 1)) : tf.square(tf.sum(bent, 1));
        };
        const x = drawn('x', [2, 3]);
        const [, gradient] = differentiated(penalty(of), [x], null);
        const step = 1e-2;
        const at = (change: number, place: number): number => {
          const values = Float32Array.from(x.dataSync());
          values[place] = (values[place] ?? 0) + change;
          return penalty(of)([tf.tensor(values, x.shape)]).dataSync()[0] ?? Number.NaN;
        };
        const differences = Float32Array.from({ length: 6 }, (_, i) => (at(step, i) - at(-step, i)) / (2 * step));
        expectSame([gradient as Float32Array], [differences], 0.02);
      });
    },
  );
});
