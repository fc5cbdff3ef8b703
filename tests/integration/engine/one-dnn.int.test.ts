import type { Scalar } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StepCompiler, TracedStep } from '@/lib/engine/host';
import { fusedBatchNorm } from '@/lib/nodes/common/fused';
import type { HostTensor, Tensor, Tensor4D, Tf } from '@/lib/nodes/kind';
import { seedOf, uniform } from '@/lib/tensor/philox';
import { chooseEngine } from '@/server/engine/choose-engine';
import { hasOneDnn } from '@/server/engine/compiled/onednn';
import { stepCompiler } from '@/server/engine/compiled/step-compiler';
import { doctor } from '@/server/engine/doctor';
import { ensureEngine } from '@/server/engine/install-engine';
import { loadNative, type NativeTensorflow } from '@/server/engine/load-native';
import { openNodeHost } from '@/server/engine/node-host';

/** Where the pinned library is known to have the kernels. */
const HERE = process.platform === 'linux' && process.arch === 'x64';

let native: NativeTensorflow;
beforeAll(async () => {
  await ensureEngine();
  await openNodeHost({ threads: 2, datasets: { open: () => Promise.reject(new Error('no data here')) } });
  const choice = chooseEngine();
  if (choice.engine !== 'tensorflow') throw new Error('the native engine is there');
  native = loadNative(choice.folder);
}, 300_000);

interface Case {
  /** Default: 3 × 13 × 12 × 5. */
  x?: [number, number, number, number];
  kernel: [number, number, number, number];
  stride: number;
  padding: 'same' | 'valid';
  bias: boolean;
  relu: boolean;
  norm?: boolean;
  /** A part of what was normalised is added again. */
  skip?: boolean;
  pool?: { size: number; stride: number };
  /** Nothing flows back into the pictures. */
  given?: boolean;
}

const cases: Record<string, Case> = {
  'bias, ReLU, pooling': {
    kernel: [3, 3, 5, 16],
    stride: 1,
    padding: 'same',
    bias: true,
    relu: true,
    pool: { size: 2, stride: 2 },
  },
  'bias, strides, windows that overlap': {
    kernel: [3, 2, 5, 7],
    stride: 2,
    padding: 'same',
    bias: true,
    relu: false,
    pool: { size: 3, stride: 2 },
  },
  'batch norm, ReLU': { kernel: [3, 3, 5, 16], stride: 1, padding: 'same', bias: false, norm: true, relu: true },
  'batch norm, a sum, ReLU': {
    kernel: [3, 3, 5, 16],
    stride: 1,
    padding: 'same',
    bias: false,
    norm: true,
    skip: true,
    relu: true,
  },
  '1×1, ReLU without bias': { kernel: [1, 1, 5, 32], stride: 1, padding: 'valid', bias: false, relu: true },
  'one channel of given pictures, ReLU, pooling': {
    x: [5, 12, 14, 1],
    kernel: [3, 3, 1, 32],
    stride: 1,
    padding: 'same',
    bias: true,
    relu: true,
    pool: { size: 2, stride: 2 },
    given: true,
  },
  'three channels of given pictures, ReLU, windows that are cut off': {
    x: [2, 11, 13, 3],
    kernel: [3, 3, 3, 16],
    stride: 1,
    padding: 'same',
    bias: true,
    relu: true,
    pool: { size: 2, stride: 2 },
    given: true,
  },
  'one channel in, 5×5 with strides': {
    x: [3, 14, 12, 1],
    kernel: [5, 5, 1, 16],
    stride: 2,
    padding: 'same',
    bias: true,
    relu: false,
  },
  'one channel in, 4×2 with strides': {
    x: [2, 12, 9, 1],
    kernel: [4, 2, 1, 7],
    stride: 3,
    padding: 'same',
    bias: false,
    relu: false,
  },
  'three channels in, 4×3 with strides': {
    x: [3, 8, 6, 3],
    kernel: [4, 3, 3, 8],
    stride: 2,
    padding: 'same',
    bias: false,
    relu: true,
  },
  'many channels, 3×3, ReLU, pooling': {
    x: [5, 13, 12, 32],
    kernel: [3, 3, 32, 48],
    stride: 1,
    padding: 'same',
    bias: true,
    relu: true,
    pool: { size: 2, stride: 2 },
  },
  'many channels, 3×3, valid, no bias': {
    x: [13, 7, 9, 16],
    kernel: [3, 3, 16, 64],
    stride: 1,
    padding: 'valid',
    bias: false,
    relu: true,
  },
  'many channels, 5×5 with strides': {
    x: [13, 14, 11, 16],
    kernel: [5, 5, 16, 32],
    stride: 2,
    padding: 'same',
    bias: true,
    relu: false,
  },
  'many channels, 4×6 with strides, valid': {
    x: [13, 13, 15, 32],
    kernel: [4, 6, 32, 16],
    stride: 2,
    padding: 'valid',
    bias: true,
    relu: true,
  },
  '5×5, valid': { kernel: [5, 5, 5, 1], stride: 1, padding: 'valid', bias: true, relu: true },
};

/** Seeded numbers in [-1, 1). */
const drawn = (name: string, shape: number[]): HostTensor => ({
  data: uniform(
    seedOf(1, name),
    shape.reduce((product, size) => product * size, 1),
  ).map((value) => 2 * value - 1),
  shape,
});

/** What the layer gives, `y`, and the gradients of its squares. */
function layer(tf: Tf, { stride, padding, bias, norm, skip, relu, pool, given: isGiven }: Case): TracedStep {
  const forward = (x: Tensor, kernel: Tensor, vector?: Tensor): Tensor => {
    const rows = tf.conv2d(x as Tensor4D, kernel as Tensor4D, stride, padding);
    const biased = vector ? tf.add(rows, vector) : rows;
    const [gamma, beta] = [drawn('gamma', [16]), drawn('beta', [16])].map(({ data }) => tf.tensor(data));
    const normal = norm ? fusedBatchNorm(tf, { x: biased, gamma, beta, epsilon: 1e-3 })?.y : biased;
    if (!normal) throw new Error('the native engine has batch norm');
    const whole = skip ? tf.add(normal, tf.mul(biased, 0.5)) : normal;
    const bent = (relu ? tf.relu(whole) : whole) as Tensor4D;
    return pool ? tf.maxPool(bent, pool.size, pool.stride, 'same') : bent;
  };
  return (input) => {
    const names = ['x', 'kernel', ...(bias ? ['bias'] : [])];
    const given = names.map(input) as [Tensor, Tensor, Tensor?];
    const [x, ...weights] = given as Tensor[];
    const learned = isGiven ? weights : (given as Tensor[]);
    const loss = (...tensors: Tensor[]) =>
      tf.sum(tf.square(forward(...((isGiven ? [x, ...tensors] : tensors) as typeof given)))) as Scalar;
    const gradients = tf.grads(loss)(learned);
    const named = names
      .slice(isGiven ? 1 : 0)
      .map((name, i): [string, Tensor] => [`gradient of ${name}`, gradients[i] as Tensor]);
    return { outputs: { y: forward(...given), ...Object.fromEntries(named) } };
  };
}

async function called(compiler: StepCompiler, step: TracedStep, feed: (key: string) => HostTensor) {
  const session = compiler.open({ flops: 0 });
  try {
    const compiled = session.compile(step, feed);
    return [await compiled.start(feed), await compiled.start(feed)] as const;
  } finally {
    session.dispose();
  }
}

/** The same op by op. */
function eager(step: TracedStep, feed: (key: string) => HostTensor): Record<string, HostTensor> {
  const { tf } = native;
  return tf.tidy(() => {
    const given = new Map<string, Tensor>();
    const input = (key: string): Tensor => {
      const tensor = given.get(key) ?? tf.tensor(feed(key).data, feed(key).shape);
      given.set(key, tensor);
      return tensor;
    };
    const { outputs = {} } = step(input, () => null);
    return Object.fromEntries(
      Object.entries(outputs).map(([key, tensor]) => [key, { data: tensor.dataSync(), shape: tensor.shape }]),
    ) as never;
  });
}

describe('oneDNN', () => {
  it('is what doctor says of it', async () => {
    const { compiledSteps } = await doctor();
    expect(compiledSteps.oneDnn).toBe(hasOneDnn(native.binding));
    if (HERE) expect(compiledSteps.oneDnn).toBe(true);
  });

  it('is not there where the library has no such kernels, or computes on a GPU', () => {
    const kernelsOf = () => new Uint8Array(0);
    expect(hasOneDnn({ isUsingGpuDevice: () => false, kernelsOf })).toBe(false);
    const { binding } = native;
    expect(hasOneDnn({ isUsingGpuDevice: () => true, kernelsOf: (op) => binding.kernelsOf(op) })).toBe(false);
  });

  it.runIf(HERE).each(Object.keys(cases))(
    'convolves and pools as the plain kernels do, the same bits each time: %s',
    async (name) => {
      const one = cases[name] as Case;
      const step = layer(native.tf, one);
      const shapes: Record<string, number[]> = {
        x: one.x ?? [3, 13, 12, 5],
        kernel: one.kernel,
        bias: [one.kernel[3]],
      };
      const feed = (key: string): HostTensor => drawn(key, shapes[key] as number[]);
      const [fast, again] = await called(
        stepCompiler(native, 2, () => true),
        step,
        feed,
      );
      const [other] = await called(
        stepCompiler(native, 2, () => true),
        step,
        feed,
      );
      const plain = eager(step, feed);
      expect(again).toEqual(fast);
      expect(other).toEqual(fast);
      for (const [key, tensor] of Object.entries(plain)) {
        const size = Math.max(...Array.from(tensor.data, Math.abs));
        const differences = Array.from(tensor.data, (value, i) => Math.abs(value - (fast[key]?.data[i] ?? Number.NaN)));
        expect(size).toBeGreaterThan(0);
        expect(Math.max(...differences) / size).toBeLessThan(1e-5);
      }
    },
  );

  it.runIf(HERE)('gives zero, not what rounding leaves, where all that a convolution sees is zero', async () => {
    const step: TracedStep = (input) => ({
      outputs: { y: native.tf.conv2d(input('x') as Tensor4D, input('kernel') as Tensor4D, 1, 'same') },
    });
    const { data } = drawn('x', [6, 12, 12, 16]);
    // Right of the middle, pictures are dark.
    const dark = data.map((value, i) => (Math.floor(i / 16) % 12 < 6 ? value : 0));
    const feed = (key: string): HostTensor =>
      key === 'x' ? { data: dark, shape: [6, 12, 12, 16] } : drawn('kernel', [3, 3, 16, 16]);
    const [fast] = await called(
      stepCompiler(native, 2, () => true),
      step,
      feed,
    );
    const zeros = Array.from(fast.y?.data ?? [], (value, i) => [value === 0, Math.floor(i / 16) % 12 > 6]);
    expect(zeros.length).toBe(6 * 12 * 12 * 16);
    for (const [isZero, isDark] of zeros) expect(isZero).toBe(isDark);
  });
});
