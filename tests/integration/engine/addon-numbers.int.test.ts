import { beforeAll, describe, expect, it } from 'vitest';
import type { TracedStep } from '@/lib/engine/host';
import type { HostTensor, Tensor, Tensor2D, Tf } from '@/lib/nodes/kind';
import { seedOf, uniform } from '@/lib/tensor/philox';
import { chooseEngine } from '@/server/engine/choose-engine';
import { Net } from '@/server/engine/compiled/net';
import { ownProducts } from '@/server/engine/compiled/products';
import { rewrite } from '@/server/engine/compiled/rewrite';
import { stepCompiler } from '@/server/engine/compiled/step-compiler';
import { FLOAT } from '@/server/engine/compiled/types';
import { engineEnvironment } from '@/server/engine/engine-environment';
import { ensureEngine } from '@/server/engine/install-engine';
import { loadNative, type NativeTensorflow } from '@/server/engine/load-native';
import { openNodeHost } from '@/server/engine/node-host';
import { answers, productCases, productOf, scores } from '@/tests/helpers/addon-cases';
import { INSTRUCTION_SETS, printed } from '@/tests/helpers/printed';

let native: NativeTensorflow;
beforeAll(async () => {
  await ensureEngine();
  await openNodeHost({ threads: 2, datasets: { open: () => Promise.reject(new Error('no data here')) } });
  const choice = chooseEngine();
  if (choice.engine !== 'tensorflow') throw new Error('the native engine is there');
  native = loadNative(choice.folder);
}, 300_000);

interface Printed {
  results: number[][];
  digest: string;
  losses: number[];
  gradients: number[];
}

const print = (instructions: string, threads: number): Promise<Printed> =>
  printed('print-addon-numbers', instructions, threads, engineEnvironment(threads));

describe.each(INSTRUCTION_SETS)('numbers of the addon, as far as the processor knows %s', (instructions) => {
  let one: Printed;
  let two: Printed;
  beforeAll(async () => {
    one = await print(instructions, 1);
    two = await print(instructions, 2);
  }, 120_000);

  it('are the same bits on one thread and on two', () => {
    expect(one).toEqual(two);
  });

  it.each(productCases.map((each, i) => [JSON.stringify(each), each, i] as const))(
    'are those of the definition of a product: %s',
    (_, each, i) => {
      expect(two.results[i]).toEqual(productOf(each));
    },
  );

  it('are those of the definition of binary cross-entropy, in both tails', () => {
    for (const [i, loss] of two.losses.entries()) {
      const [x = 0, t = 0] = [scores[i], answers[i]];
      expectNear(loss, t * Math.log1p(Math.exp(-x)) + (1 - t) * Math.log1p(Math.exp(x)));
      expectNear(two.gradients[i], (1 - t) / (1 + Math.exp(-x)) - t / (1 + Math.exp(x)));
    }
  });
});

/** Within some units in the last place of float32. */
function expectNear(made: number | undefined, exact: number): void {
  expect(Math.abs((made ?? Number.NaN) - exact)).toBeLessThanOrEqual(1e-6 * Math.abs(exact));
}

describe('products of matrices by the addon', () => {
  it('refuse factors that do not fit', () => {
    const { tf, binding, backend } = native;
    const flag = (name: string) => ({ name, type: binding.TF_ATTR_BOOL, value: false });
    const product = (...factors: Tensor[]) =>
      tf.tidy(() => backend.executeSingleOutput('NetloomMatMul', [flag('transpose_a'), flag('transpose_b')], factors));
    expect(() => product(tf.ones([2, 3]), tf.ones([4, 5]))).toThrow(/columns of the first as many as the rows/);
    expect(() => product(tf.ones([2, 3]), tf.ones([3]))).toThrow(/expected two matrices/);
  });

  it('are zeros of nothing, and let through a ReLU what is not a number', () => {
    const { tf, binding, backend } = native;
    const attributes = ['transpose_a', 'transpose_b', 'relu'].map((name) => ({
      name,
      type: binding.TF_ATTR_BOOL,
      value: name === 'relu',
    }));
    const dense = (a: Tensor, b: Tensor) =>
      Array.from(
        tf.tidy(() => backend.executeSingleOutput('NetloomDense', attributes, [a, b, tf.tensor([1, -1])]).dataSync()),
      );
    expect(dense(tf.zeros([2, 0]), tf.zeros([0, 2]))).toEqual([1, 0, 1, 0]);
    expect(dense(tf.zeros([0, 3]), tf.ones([3, 2]))).toEqual([]);
    expect(dense(tf.tensor([[1], [Number.NaN]]), tf.ones([1, 2]))).toEqual([2, 0, Number.NaN, Number.NaN]);
  });

  it('take the place of a product with its bias and its ReLU, and of one that flows back through a ReLU', () => {
    const net = new Net();
    const spec = { type: FLOAT, shape: [4, 4] };
    const given = net.make('Placeholder', [], {}, [spec]);
    const product = (a: string, b: string) =>
      net.make('MatMul', [a, b], { T: { type: FLOAT }, transpose_b: { bool: true } }, [spec]);
    const bias = net.make('Placeholder', [], {}, [{ type: FLOAT, shape: [4] }]);
    const hidden = net.make('Relu', [net.make('BiasAdd', [product(given, given), bias], {}, [spec])], {}, [spec]);
    const flow = net.make('ReluGrad', [product(hidden, given), hidden], {}, [spec]);
    const seen = product(flow, given);
    const outputs = new Map([
      ['flow', flow],
      ['seen', seen],
      // A product that somebody looks at stays one.
      ['biased', net.make('BiasAdd', [seen, bias], {}, [spec])],
    ]);
    const { net: made, outputs: refs } = rewrite({ net, outputs, writes: new Map() }, ownProducts, 'p');
    const ops = Object.fromEntries([...refs].map(([key, ref]) => [key, made.node(ref)?.op]));
    expect(ops).toEqual({ flow: 'NetloomMatMulReluGrad', seen: 'NetloomMatMul', biased: 'BiasAdd' });
    expect(made.node(made.node(refs.get('flow') ?? '')?.inputs[0] ?? '')).toMatchObject({
      op: 'NetloomDense',
      attributes: { relu: { bool: true }, transpose_a: { bool: false }, transpose_b: { bool: true } },
    });
  });

  it('make compiled steps of dense layers what they are op by op', async () => {
    const shapes = { x: [37, 50], first: [50, 70], bias: [70], second: [70, 3] };
    const given = (key: string): HostTensor => {
      const shape = shapes[key as keyof typeof shapes];
      const count = shape.reduce((product, size) => product * size, 1);
      return { data: uniform(seedOf(1, key), count, -1), shape };
    };
    const step: TracedStep = (input) => ({ outputs: layers(native.tf, (key) => input(key)) });
    const session = stepCompiler(native, 2, () => false).open({ flops: 0 });
    const made = await session.compile(step, given).start(given);
    session.dispose();
    native.tf.tidy(() => {
      const plain = layers(native.tf, (key) => native.tf.tensor(given(key).data, given(key).shape));
      for (const [key, tensor] of Object.entries(plain)) {
        const expected = tensor.dataSync();
        const size = Math.max(...Array.from(expected, Math.abs));
        expect(size).toBeGreaterThan(0);
        const differences = Array.from(expected, (value, i) => Math.abs(value - (made[key]?.data[i] ?? Number.NaN)));
        expect(Math.max(...differences) / size).toBeLessThan(1e-5);
      }
    });
  });
});

/** Two layers, and the gradients of the sum of their squares. */
function layers(tf: Tf, input: (key: string) => Tensor): Record<string, Tensor> {
  const names = ['x', 'first', 'bias', 'second'];
  const given = names.map(input);
  const forward = (x: Tensor, first: Tensor, bias: Tensor, second: Tensor): Tensor =>
    tf.matMul(tf.relu(tf.add(tf.matMul(x as Tensor2D, first as Tensor2D), bias)) as Tensor2D, second as Tensor2D);
  const gradients = tf.grads((...all: Tensor[]) => tf.sum(tf.square(forward(...(all as Parameters<typeof forward>)))))(
    given,
  );
  return {
    y: forward(...(given as Parameters<typeof forward>)),
    ...Object.fromEntries(names.map((name, i) => [`gradient of ${name}`, gradients[i] as Tensor])),
  };
}
