import { beforeAll, describe, expect, it } from 'vitest';
import type { Kind, KindExample, Tensor, Tf } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { normal, seedOf } from '@/lib/tensor/philox';
import { examplesOf } from '@/tests/helpers/examples-of';
import { prepare, runExample } from '../../contract/kinds/example';

/** A tensor that may live on another backend than the one that is asked. */
interface Numbers {
  data: ArrayLike<number>;
  shape: number[];
  dtype: string;
}

/** Outputs, and while training gradients, of one example, computed on the backend that is active. */
function compute(tf: Tf, kind: Kind, example: KindExample, mode: 'train' | 'evaluation'): Record<string, Numbers> {
  const prepared = prepare(kind, example, {}, mode);
  const results: Record<string, Numbers> = {};
  const note = (name: string, tensor: Tensor): void => {
    results[name] = { data: tensor.dataSync().slice(), shape: tensor.shape, dtype: tensor.dtype };
  };
  tf.tidy(() => {
    const leaves = prepared.leaves.map(({ tensor }) => tensor as Tensor);
    const objective = (...moved: Tensor[]): Tensor => {
      const swap = (tensor: Tensor): Tensor => moved[leaves.indexOf(tensor)] ?? tensor;
      const { inputs, variables } = prepared.context;
      const { outputs, writes = {} } = runExample(kind, {
        ...prepared,
        context: {
          ...prepared.context,
          inputs: Object.fromEntries(Object.entries(inputs).map(([port, tensors]) => [port, tensors.map(swap)])),
          variables: Object.fromEntries(Object.entries(variables).map(([slot, tensor]) => [slot, swap(tensor)])),
        },
      });
      let total: Tensor = tf.scalar(0);
      for (const [name, tensor] of Object.entries({ ...outputs, ...writes })) {
        note(name, tensor);
        if (tensor.dtype !== 'float32' || name in writes) continue;
        const weights = tf.tensor(normal(seedOf('objective', name), tensor.size), tensor.shape);
        total = tf.add(total, tf.sum(tf.mul(tensor, weights)));
      }
      return total;
    };
    if (leaves.length === 0 || mode === 'evaluation') objective();
    else {
      const gradients = tf.grads(objective as never)(leaves as never) as Tensor[];
      for (const [index, gradient] of gradients.entries())
        note(`gradient of ${prepared.leaves[index]?.name}`, gradient);
    }
  });
  prepared.dispose();
  return results;
}

const MODES = ['train', 'evaluation'] as const;
const running = Object.entries(kinds).filter(([, { run }]) => run?.as === 'op' || run?.as === 'source');

/**
 * Every example of every kind gives on this engine what it gives on the JavaScript backend, gradients too. The reference
 * is computed before the engine opens, since engines put gradients of their own in place of TensorFlow.js'.
 */
export function compareEngines(engine: string, tf: Tf, open: () => Promise<unknown>): void {
  const expected = new Map<string, Record<string, Numbers>>();

  beforeAll(async () => {
    await tf.setBackend('cpu');
    for (const [id, kind] of running) {
      for (const example of examplesOf(kind)) {
        for (const mode of MODES) expected.set(`${id} ${example.title} ${mode}`, compute(tf, kind, example, mode));
      }
    }
    await open();
  }, 300_000);

  describe.each(running)(`%s on ${engine}`, (id, kind) => {
    it.each(examplesOf(kind))('$title', (example) => {
      for (const mode of MODES) {
        const got = compute(tf, kind, example, mode);
        const reference = expected.get(`${id} ${example.title} ${mode}`) ?? {};
        expect(Object.keys(got)).toEqual(Object.keys(reference));
        for (const [name, numbers] of Object.entries(reference)) {
          expect(got[name]?.shape, name).toEqual(numbers.shape);
          expect(got[name]?.dtype, name).toBe(numbers.dtype);
          const scale = Math.max(1, ...Array.from(numbers.data, Math.abs));
          Array.from(numbers.data).forEach((value, index) => {
            const difference = Math.abs(value - (got[name]?.data[index] ?? Number.NaN));
            expect(difference / scale, `${name} in ${mode}: ${got[name]?.data[index]} is not ${value}`).toBeLessThan(
              1e-5,
            );
          });
        }
      }
    });
  });
}
