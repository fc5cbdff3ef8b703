import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { fillWasmKernels } from '@/lib/engine/wasm/fill-kernels';
import { mendAveragePoolGradient } from '@/lib/engine/wasm/mend-average-pool';
import { uniform } from '@/lib/tensor/philox';

beforeAll(async () => {
  fillWasmKernels(tf);
  await tf.setBackend('cpu');
  // The backend would print an advertisement for another package at its first use.
  Object.assign(tf.backend(), { firstUse: false });
});

/** Leaves numbers in the memory that the next outputs are put into: a kernel must not count on zeros. */
function soilMemory(shapes: readonly number[][]): void {
  for (const shape of shapes) {
    const soiled = Array.from({ length: 8 }, (_, index) => tf.fill(shape, 77 + index));
    for (const tensor of soiled) tensor.dispose();
  }
}

let draws = 0;
const seeded = (shape: number[]): tf.Tensor =>
  tf.tensor(
    uniform(
      [7, draws++],
      shape.reduce((a, b) => a * b, 1),
      -1,
      1,
    ),
    shape,
  );

const seededKernel = (): tf.Tensor4D => tf.tensor4d(uniform([5, 5], 3 * 3 * 2 * 4, -1, 1), [3, 3, 2, 4]);

/** The gradients of sum(f · something uneven) for all arguments, on one backend. */
async function gradientsOn(backend: string, f: (...xs: tf.Tensor[]) => tf.Tensor, inputs: [number[], Float32Array][]) {
  await tf.setBackend(backend);
  soilMemory(inputs.map(([shape]) => shape));
  const before = tf.memory().numTensors;
  const gradients = tf.tidy(() =>
    tf
      .grads((...xs: tf.Tensor[]) => {
        const y = f(...xs);
        return tf.sum(tf.mul(y, tf.reshape(tf.linspace(0.5, 1.5, y.size), y.shape)));
      })(inputs.map(([shape, data]) => tf.tensor(data, shape)))
      .map((gradient) => Array.from(gradient.dataSync())),
  );
  expect(tf.memory().numTensors, 'tensors left behind').toBe(before);
  return gradients;
}

async function expectSameGradients(f: (...xs: tf.Tensor[]) => tf.Tensor, shapes: number[][]): Promise<void> {
  await tf.setBackend('cpu');
  const inputs = shapes.map((shape): [number[], Float32Array] => {
    const x = seeded(shape);
    const data = x.dataSync() as Float32Array;
    x.dispose();
    return [shape, data];
  });
  const right = await gradientsOn('cpu', f, inputs);
  const ours = await gradientsOn('wasm', f, inputs);
  ours.forEach((gradient, index) => {
    const scale = Math.max(1, ...(right[index] ?? []).map(Math.abs));
    const worst = Math.max(...gradient.map((value, i) => Math.abs(value - (right[index]?.[i] ?? Number.NaN))));
    expect(gradient.length).toBe(right[index]?.length);
    expect(worst / scale, `gradient of argument ${index}`).toBeLessThan(2e-6);
  });
}

const CASES: { size: [number, number]; strides: [number, number]; pad: 'same' | 'valid' | number }[] = [
  { size: [3, 3], strides: [1, 1], pad: 'same' },
  { size: [3, 3], strides: [1, 1], pad: 'valid' },
  { size: [5, 2], strides: [1, 1], pad: 'same' },
  { size: [3, 3], strides: [2, 2], pad: 'same' },
  { size: [2, 3], strides: [2, 1], pad: 'valid' },
  { size: [2, 2], strides: [3, 3], pad: 'valid' },
  { size: [1, 1], strides: [1, 1], pad: 'same' },
];

describe('gradients on WebAssembly equal those of the cpu backend', () => {
  for (const { size, strides, pad } of CASES) {
    const name = `${size.join('×')} strides ${strides.join('×')} ${pad}`;
    it(`conv2d ${name}`, () =>
      expectSameGradients(
        (x, kernel) => tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, strides, pad),
        [
          [2, 8, 7, 3],
          [...size, 3, 4],
        ],
      ));
    it(`depthwiseConv2d ${name}`, () =>
      expectSameGradients(
        (x, kernel) => tf.depthwiseConv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, strides, pad),
        [
          [2, 8, 7, 3],
          [...size, 3, 2],
        ],
      ));
  }

  // The square's gradient holds what the convolution gave, too.
  it('strides that are wider than the kernel', async () => {
    await expectSameGradients(
      (x, kernel) => tf.square(tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, [3, 2], 'same')),
      [
        [2, 6, 8, 3],
        [2, 3, 3, 4],
      ],
    );
    await expectSameGradients(
      (x, kernel) => tf.square(tf.depthwiseConv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 3, 'same')),
      [
        [2, 6, 9, 3],
        [2, 2, 3, 2],
      ],
    );
    await expectSameGradients(
      (x, kernel) =>
        tf.square(tf.conv2dTranspose(x as tf.Tensor4D, kernel as tf.Tensor4D, [2, 6, 4, 3], [3, 2], 'same')),
      [
        [2, 2, 2, 2],
        [2, 3, 3, 2],
      ],
    );
  });

  it('embedding rows that are looked up more than once', () =>
    expectSameGradients((table) => tf.gather(table, tf.tensor2d([1, 3, 3, 0, 1, 1], [2, 3], 'int32')), [[5, 4]]));

  it('dense layers', () =>
    expectSameGradients(
      (x, kernel) => tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D),
      [
        [6, 5],
        [5, 3],
      ],
    ));

  it('products of stacks of matrices, transposed or not', () =>
    expectSameGradients(
      (x, y) =>
        tf.concat(
          [tf.matMul(x, y, true, true), tf.matMul(y, x), tf.matMul(x, x, false, true)].map((z) => tf.reshape(z, [-1])),
        ),
      [
        [2, 3, 4],
        [2, 5, 3],
      ],
    ));

  for (const pad of ['same', 'valid'] as const)
    it(`max pooling, overlapping windows, ${pad}`, () =>
      expectSameGradients((x) => tf.maxPool(x as tf.Tensor4D, 3, 2, pad), [[4, 9, 8, 3]]));

  it('what else training uses', async () => {
    const shape = [3, 6, 5, 4];
    await expectSameGradients((x) => tf.avgPool(x as tf.Tensor4D, 3, 2, 'valid'), [shape]);
    await expectSameGradients(
      (x) => tf.conv2dTranspose(x as tf.Tensor4D, seededKernel(), [3, 12, 10, 2], 2, 'same'),
      [shape],
    );
    await expectSameGradients(
      (x) =>
        tf.pad(x as tf.Tensor4D, [
          [0, 0],
          [1, 2],
          [0, 3],
          [0, 0],
        ]),
      [shape],
    );
    await expectSameGradients(
      (x, y) => tf.concat([tf.elu(x), tf.selu(y), tf.tanh(x), tf.softmax(y)], 3),
      [shape, shape],
    );
    await expectSameGradients((x, y) => tf.maximum(tf.leakyRelu(x, 0.2), tf.sigmoid(y)), [shape, shape]);
    await expectSameGradients((x) => tf.logSoftmax(tf.reshape(x, [-1, 4])), [shape]);
    await expectSameGradients((x) => tf.stack(tf.unstack(tf.slice(x, [1, 0, 2, 0], [2, 6, 2, 4]), 1), 0), [shape]);
    await expectSameGradients(
      (x, y) => tf.batchNorm(x, tf.mean(x, [0, 1, 2]), tf.moments(x, [0, 1, 2]).variance, y, tf.abs(y), 1e-3),
      [shape, [4]],
    );
  });
});

describe('average pooling', () => {
  it.each(['wasm', 'cpu'])('shares a gradient among the pixels of its window that exist, on %s', async (backend) => {
    mendAveragePoolGradient(tf, backend);
    await tf.setBackend(backend);
    const gradient = tf.tidy(() =>
      Array.from(
        tf
          .grad((x) => tf.sum(tf.avgPool(x as tf.Tensor4D, 2, 2, 'same')))(tf.ones([1, 3, 3, 1]))
          .dataSync(),
      ),
    );
    expect(gradient).toEqual([0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 1]);
  });
});
