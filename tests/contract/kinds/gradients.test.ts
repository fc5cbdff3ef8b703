import { beforeAll, describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { gradientInputs } from '@/lib/nodes/common/gradient-inputs';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { liveNumbers } from '@/lib/nodes/common/ports';
import type { Kind, KindExample, PlainParams, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { normal, seedOf } from '@/lib/tensor/philox';
import { examplesOf } from '@/tests/helpers/examples-of';
import { choicesOf, engine, type Prepared, prepare, runExample, tf } from './example';

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

  it('moves every trainable variable by one step', () => {
    const prepared = prepare(kind, example, set);
    const declared = (prepared.inference.variables ?? []).filter(({ role }) => role === 'trainable');
    tf.tidy(() => {
      const leaves = prepared.leaves.map(({ tensor }) => tensor as tf.Tensor);
      const gradients = tf.grads((...tensors) => objective(kind, prepared, tensors) as tf.Scalar)(leaves);
      for (const { slot } of declared) {
        const at = prepared.leaves.findIndex(({ name }) => name === slot);
        const before = required(leaves[at], slot);
        const gradient = required(gradients[at], slot);
        if (IDLE[kind.face.id]?.includes(slot)) {
          expect(tf.max(tf.abs(gradient)).dataSync()[0], slot).toBeLessThan(1e-6);
          continue;
        }
        const after = stepped(before, gradient);
        expect(after.shape).toEqual(before.shape);
        expect([...after.dataSync()], slot).not.toEqual([...before.dataSync()]);
      }
    });
    prepared.dispose();
  });
});

/** A bias of keys adds one number to all scores of a query, which their softmax takes away again. Keras has it all the same. */
const IDLE: Record<string, string[]> = { 'multi-head-attention': ['key_bias'] };

/** After one step of gradient descent. */
function stepped(variable: Tensor, gradient: Tensor): Tensor {
  const { face, run } = required(kinds.sgd, 'gradient descent');
  if (run?.as !== 'optimizer') throw new Error('gradient descent does not run');
  const { params } = parseParams(face, {});
  const context = { variable, gradient, slots: {}, params, numbers: liveNumbers(face, params), t: 1 };
  return run.optimizer.update(engine, context).variable;
}

describe('what is not compared with finite differences', () => {
  const compared = new Set(cases.map(({ id }) => id));
  const others = ops.filter(([id]) => !compared.has(id));

  it.each(others)('%s gives no gradient to anything', (_, kind) => {
    for (const example of examplesOf(kind)) {
      const { params, inference, dispose } = prepare(kind, example);
      dispose();
      expect((inference.variables ?? []).filter(({ role }) => role === 'trainable')).toEqual([]);
      const ports = gradientInputs(kind.face, params) ?? Object.keys(example.inputs);
      const floats = ports.filter((port) => example.inputs[port]?.some(({ dtype }) => dtype === 'float32'));
      expect(floats).toEqual([]);
    }
  });
});
