import { beforeAll, describe, expect, it } from 'vitest';
import type { Kind, KindExample, PlainParams, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { normal, seedOf } from '@/lib/tensor/philox';
import { examplesOf } from '@/tests/helpers/examples-of';
import { choicesOf, type Prepared, prepare, runExample, tf } from './example';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Several, since a kink (of ReLU, of a maximum) may lie within one of them; the closest answer counts. */
const STEPS = [4e-3, 1e-3, 2e-4];
const ops = Object.entries(kinds).filter(([, { run }]) => run?.as === 'op');
const cases = ops.flatMap(([id, kind]) =>
  examplesOf(kind)
    .flatMap((example) =>
      choicesOf(kind, example).map((set) => ({
        id,
        kind,
        example,
        set,
        title: `${example.title} ${JSON.stringify(set)}`,
      })),
    )
    .filter(({ example, set }) => differentiates(kind, example, set)),
);

/** Some choices make an example invalid, others have no gradient. */
function differentiates(kind: Kind, example: KindExample, set: PlainParams): boolean {
  const { inference, leaves, dispose } = prepare(kind, example, set);
  dispose();
  return leaves.length > 0 && !inference.problems?.some(({ severity }) => severity === 'error');
}

/** The float outputs of a run, each weighted by fixed random numbers, as one number. */
function objective(kind: Kind, prepared: Prepared, leaves: Tensor[]): Tensor {
  const replaced = substitute(prepared, leaves);
  const { outputs } = runExample(kind, replaced);
  // Nothing of an input need reach the outputs: its gradient is then zero.
  let total: Tensor = tf.mul(0, tf.addN(leaves.map((leaf) => tf.sum(leaf))));
  for (const [port, tensor] of Object.entries(outputs)) {
    if (tensor.dtype !== 'float32') continue;
    const weights = tf.tensor(normal(seedOf('objective', port), tensor.size), tensor.shape);
    total = tf.add(total, tf.sum(tf.mul(tensor, weights)));
  }
  return total;
}

/** The same number, added up in double precision: differences of it are small. */
function preciseObjective(kind: Kind, prepared: Prepared, leaves: Tensor[]): number {
  const { outputs } = runExample(kind, substitute(prepared, leaves));
  let total = 0;
  for (const [port, tensor] of Object.entries(outputs)) {
    if (tensor.dtype !== 'float32') continue;
    const weights = normal(seedOf('objective', port), tensor.size);
    tensor.dataSync().forEach((value, index) => {
      total += value * (weights[index] ?? 0);
    });
  }
  return total;
}

function substitute(prepared: Prepared, leaves: Tensor[]): Prepared {
  const swap = new Map(prepared.leaves.map(({ tensor }, index) => [tensor as Tensor, leaves[index] ?? tensor]));
  const { inputs, variables } = prepared.context;
  return {
    ...prepared,
    context: {
      ...prepared.context,
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([port, tensors]) => [port, tensors.map((tensor) => swap.get(tensor) ?? tensor)]),
      ),
      variables: Object.fromEntries(
        Object.entries(variables).map(([slot, tensor]) => [slot, swap.get(tensor) ?? tensor]),
      ),
    },
  };
}

describe.each(cases)('$id: $title', ({ kind, example, set }) => {
  it('has the gradient that finite differences show', () => {
    const prepared = prepare(kind, example, set);
    tf.tidy(() => {
      const leaves = prepared.leaves.map(({ tensor }) => tensor as Tensor);
      const gradients = tf.grads((...tensors) => objective(kind, prepared, tensors) as tf.Scalar)(
        leaves as tf.Tensor[],
      );
      prepared.leaves.forEach(({ name }, index) => {
        const leaf = leaves[index] as Tensor;
        const direction = tf.tensor(normal(seedOf('direction', name), leaf.size), leaf.shape);
        const along = (step: number): number =>
          preciseObjective(
            kind,
            prepared,
            leaves.map((other, at) => (at === index ? tf.add(other, tf.mul(direction, step)) : other)),
          );
        const gradient = gradients[index] as Tensor;
        expect(gradient.shape).toEqual(leaf.shape);
        const products = tf.mul(gradient, direction);
        const analytic = tf.sum(products).dataSync()[0] ?? Number.NaN;
        const size = Math.sqrt(tf.sum(tf.square(products)).dataSync()[0] ?? 0);
        const numeric = STEPS.map((step) => (along(step) - along(-step)) / (2 * step));
        const error = Math.min(...numeric.map((value) => Math.abs(analytic - value)));
        expect(error, `${name}: ${analytic} is not ${numeric}`).toBeLessThan(0.01 * size + 2e-3);
      });
    });
    prepared.dispose();
  });

  it('reaches every trainable variable', () => {
    const prepared = prepare(kind, example, set);
    tf.tidy(() => {
      const leaves = prepared.leaves.map(({ tensor }) => tensor as tf.Tensor);
      const gradients = tf.grads((...tensors) => objective(kind, prepared, tensors) as tf.Scalar)(leaves);
      const declared = new Set((prepared.inference.variables ?? []).map(({ slot }) => slot));
      prepared.leaves.forEach(({ name }, index) => {
        if (!declared.has(name)) return;
        const largest = tf.max(tf.abs(gradients[index] as tf.Tensor)).dataSync()[0] ?? 0;
        expect(largest, `gradient of ${name}`).toBeGreaterThan(0);
      });
    });
    prepared.dispose();
  });
});
