import { beforeAll, expect, it } from 'vitest';
import type { Kind, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { normal, seedOf } from '@/lib/tensor/philox';
import { type Prepared, prepare, runExample, tf } from './example';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const STEPS = [4e-3, 1e-3];
const claimed = Object.values(kinds)
  .filter(({ face, run }) => face.second === true && run?.as === 'op')
  .flatMap((kind) => kind.face.examples.map((example) => ({ id: kind.face.id, title: example.title, kind, example })));

/** Along a direction, the slope of all float outputs: a function whose own gradient is of second order. */
function slope(kind: Kind, prepared: Prepared, at: number, x: Tensor): Tensor {
  const { tensor: original } = prepared.leaves[at] as Prepared['leaves'][number];
  const along = (leaf: Tensor): Tensor => {
    const swap = (tensor: Tensor): Tensor => (tensor === original ? leaf : tensor);
    const { inputs, variables } = prepared.context;
    const { outputs } = runExample(kind, {
      ...prepared,
      context: {
        ...prepared.context,
        inputs: Object.fromEntries(Object.entries(inputs).map(([port, tensors]) => [port, tensors.map(swap)])),
        variables: Object.fromEntries(Object.entries(variables).map(([slot, tensor]) => [slot, swap(tensor)])),
      },
    });
    let total: Tensor = tf.scalar(0);
    for (const [port, output] of Object.entries(outputs)) {
      if (output.dtype !== 'float32') continue;
      // The square makes linear ops have a second derivative as well.
      const weights = tf.tensor(normal(seedOf('second', port), output.size), output.shape);
      total = tf.add(total, tf.sum(tf.mul(weights, tf.square(output))));
    }
    return total;
  };
  const direction = tf.tensor(normal(seedOf('direction'), original.size), original.shape);
  return tf.sum(tf.mul(tf.grad(along as never)(x as tf.Tensor), direction));
}

it.each(claimed)('$id has the second gradient that finite differences show: $title', ({ kind, example }) => {
  const prepared = prepare(kind, example);
  tf.tidy(() => {
    prepared.leaves.forEach(({ name, tensor }, at) => {
      const x = tensor as Tensor;
      const direction = tf.tensor(normal(seedOf('other', name), x.size), x.shape);
      const second = tf.grad(((leaf: Tensor) => slope(kind, prepared, at, leaf)) as never)(x as tf.Tensor);
      const analytic = tf.sum(tf.mul(second, direction)).dataSync()[0] ?? Number.NaN;
      const value = (step: number): number =>
        slope(kind, prepared, at, tf.add(x, tf.mul(direction, step))).dataSync()[0] ?? Number.NaN;
      const numeric = STEPS.map((step) => (value(step) - value(-step)) / (2 * step));
      const error = Math.min(...numeric.map((one) => Math.abs(one - analytic)));
      expect(error, `${name}: ${analytic} is not ${numeric}`).toBeLessThan(0.02 * Math.abs(analytic) + 0.05);
    });
  });
  prepared.dispose();
});
