import { beforeAll, expect, it } from 'vitest';
import { mendSecondOrder } from '@/lib/engine/second-order/mend-second-order';
import type { Kind, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { normal, seedOf } from '@/lib/tensor/philox';
import { examplesOf } from '@/tests/helpers/examples-of';
import { choicesOf, engine, type Prepared, prepare, runExample, tf } from './example';

beforeAll(async () => {
  await tf.setBackend('cpu');
  mendSecondOrder(engine);
});

/** Several, since a kink may lie within one of them; the closest answer counts. */
const STEPS = [4e-3, 1e-3, 2.5e-4];

/** Beside a kink, differences of slopes grow as the steps get smaller. */
const settles = ([wide = 0, middle = 0, narrow = 0]: number[]): boolean =>
  Math.abs(middle) < 2 * Math.abs(wide) + 0.5 || Math.abs(narrow) < 2 * Math.abs(middle) + 0.5;
const claimed = Object.values(kinds)
  .filter(({ face, run }) => face.second === true && run?.as === 'op')
  .flatMap((kind) =>
    examplesOf(kind).map((example) => ({
      id: kind.face.id,
      title: example.title,
      kind,
      example,
      choices: choicesOf(kind, example),
    })),
  );

/** Fixed numbers of a tensor's shape. */
const fixed = (tensor: Tensor, ...salt: string[]): Tensor =>
  tf.tensor(normal(seedOf(...salt), tensor.size), tensor.shape);

/** All float outputs as one number. The square makes linear ops have a second derivative as well. */
function total(kind: Kind, prepared: Prepared, leaves: readonly Tensor[]): Tensor {
  const swap = (tensor: Tensor): Tensor => {
    const at = prepared.leaves.findIndex((leaf) => leaf.tensor === tensor);
    return leaves[at] ?? tensor;
  };
  const { inputs, variables } = prepared.context;
  const { outputs } = runExample(kind, {
    ...prepared,
    context: {
      ...prepared.context,
      inputs: Object.fromEntries(Object.entries(inputs).map(([port, tensors]) => [port, tensors.map(swap)])),
      variables: Object.fromEntries(Object.entries(variables).map(([slot, tensor]) => [slot, swap(tensor)])),
    },
  });
  let sum: Tensor = tf.scalar(0);
  for (const [port, output] of Object.entries(outputs))
    if (output.dtype === 'float32') sum = tf.add(sum, tf.sum(tf.mul(fixed(output, 'second', port), tf.square(output))));
  return sum;
}

/** Gradients of a number; zeros where it does not depend on a leaf, such as on real scores of a generator's loss. */
function gradients(of: () => Tensor, leaves: Tensor[]): Tensor[] {
  const { grads } = engine.engine().gradients(of, leaves, undefined, true);
  return leaves.map((leaf, at) => (grads as (Tensor | undefined)[])[at] ?? tf.zerosLike(leaf));
}

/** The slope in one leaf along a direction, as a function of all of them: its own gradient is of second order. */
function slope(kind: Kind, prepared: Prepared, at: number, leaves: readonly Tensor[]): Tensor {
  const leaf = leaves[at] as Tensor;
  const [gradient] = gradients(() => total(kind, prepared, leaves), [leaf]);
  return tf.sum(tf.mul(gradient as Tensor, fixed(leaf, 'direction')));
}

it.each(claimed)('$id has the second gradient that finite differences show: $title', ({ kind, example, choices }) => {
  for (const set of choices) check(kind, prepare(kind, example, set), JSON.stringify(set));
});

function check(kind: Kind, prepared: Prepared, chosen: string): void {
  const refused = prepared.inference.problems?.some(({ severity }) => severity === 'error');
  if (refused) {
    prepared.dispose();
    return;
  }
  const names = prepared.leaves.map(({ name }) => name);
  tf.tidy(() => {
    const leaves = prepared.leaves.map(({ tensor }) => tensor as Tensor);
    for (const [at, name] of names.entries()) {
      const along = (moved: Tensor[]): Tensor => slope(kind, prepared, at, moved);
      const seconds = gradients(() => along(leaves), leaves);
      for (const [other, leaf] of leaves.entries()) {
        const direction = fixed(leaf, 'other', names[other] ?? '');
        const analytic = tf.sum(tf.mul(seconds[other] as Tensor, direction)).dataSync()[0] ?? Number.NaN;
        const value = (step: number): number =>
          along(
            leaves.map((one, index) => (index === other ? tf.add(one, tf.mul(direction, step)) : one)),
          ).dataSync()[0] ?? Number.NaN;
        const numeric = STEPS.map((step) => (value(step) - value(-step)) / (2 * step));
        if (!settles(numeric)) continue;
        const error = Math.min(...numeric.map((one) => Math.abs(one - analytic)));
        expect(error, `${chosen} ${name}, then ${names[other]}: ${analytic} is not ${numeric}`).toBeLessThan(
          0.02 * Math.abs(analytic) + 0.05,
        );
      }
    }
  });
  prepared.dispose();
}
