import { createHash } from 'node:crypto';
import type { Tensor } from '@/lib/nodes/kind';
import { seedOf, uniform } from '@/lib/tensor/philox';
import { chooseEngine } from '@/server/engine/choose-engine';
import { loadNative } from '@/server/engine/load-native';
import { openNodeHost } from '@/server/engine/node-host';

/**
 * For one instruction set and number of threads, of which a process has one: how far the addon's convolutions are
 * from TensorFlow's, relative to the largest number, and a hash of their bits. As JSON: by case, by what is computed.
 */
const threads = Number(process.argv[2]);
await openNodeHost({
  engine: 'tensorflow',
  threads,
  datasets: { open: () => Promise.reject(new Error('no data here')) },
});
const choice = chooseEngine();
if (choice.engine !== 'tensorflow') throw new Error('the native engine is there');
const { tf, binding, backend } = loadNative(choice.folder);

interface Case {
  pictures: [number, number, number, number];
  kernel: [number, number];
  features: number;
  strides: [number, number];
  padding: 'SAME' | 'VALID';
}

const cases: Record<string, Case> = {
  'one channel, 3×3': { pictures: [21, 28, 28, 1], kernel: [3, 3], features: 32, strides: [1, 1], padding: 'SAME' },
  'one channel, 5×5, strides': {
    pictures: [18, 28, 28, 1],
    kernel: [5, 5],
    features: 64,
    strides: [2, 2],
    padding: 'SAME',
  },
  'three channels, 7×7, strides': {
    pictures: [2, 33, 31, 3],
    kernel: [7, 7],
    features: 48,
    strides: [2, 2],
    padding: 'VALID',
  },
  'ragged in all': { pictures: [3, 9, 11, 2], kernel: [4, 3], features: 21, strides: [1, 2], padding: 'SAME' },
  'a stride past the kernel': {
    pictures: [2, 11, 8, 4],
    kernel: [2, 1],
    features: 9,
    strides: [3, 3],
    padding: 'SAME',
  },
  'a kernel wider than the pictures': {
    pictures: [5, 3, 2, 1],
    kernel: [5, 7],
    features: 16,
    strides: [1, 1],
    padding: 'SAME',
  },
  'by the largest of four pixels': {
    pictures: [19, 13, 11, 3],
    kernel: [2, 4],
    features: 80,
    strides: [1, 1],
    padding: 'VALID',
  },
  'many channels': { pictures: [5, 13, 10, 32], kernel: [3, 3], features: 64, strides: [1, 1], padding: 'SAME' },
  'many channels, no pads': {
    pictures: [7, 9, 8, 48],
    kernel: [3, 3],
    features: 16,
    strides: [1, 1],
    padding: 'VALID',
  },
  'many channels, strides': {
    pictures: [9, 14, 11, 64],
    kernel: [5, 5],
    features: 128,
    strides: [2, 2],
    padding: 'SAME',
  },
  'many channels, strides, no pads': {
    pictures: [11, 15, 13, 16],
    kernel: [4, 6],
    features: 32,
    strides: [2, 2],
    padding: 'VALID',
  },
  'many channels, one pixel': {
    pictures: [1, 1, 1, 16],
    kernel: [3, 3],
    features: 16,
    strides: [1, 1],
    padding: 'SAME',
  },
  'one pixel is made': { pictures: [1, 4, 5, 3], kernel: [4, 5], features: 80, strides: [2, 1], padding: 'VALID' },
};

const drawn = (name: string, shape: number[]): Tensor =>
  tf.tensor(
    uniform(
      seedOf(1, name),
      shape.reduce((product, size) => product * size, 1),
    ).map((value) => 2 * value - 1),
    shape,
  );

const type = { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
const integers = (name: string, value: number[]) => ({ name, type: binding.TF_ATTR_INT, value });
const flag = (name: string, value: boolean) => ({ name, type: binding.TF_ATTR_BOOL, value });

function computed({ pictures: shape, kernel: [high, wide], features, strides, padding }: Case) {
  const [, rows, columns, channels] = shape;
  const op = channels <= 4 ? 'NetloomFewChannels' : 'NetloomWinograd';
  const pictures = drawn('pictures', shape);
  const kernel = drawn('kernel', [high, wide, channels, features]);
  const bias = drawn('bias', [features]);
  const plain = [
    type,
    integers('strides', [1, ...strides, 1]),
    { name: 'padding', type: binding.TF_ATTR_STRING, value: padding },
  ];
  const sizes = (of: Tensor): Tensor => tf.tensor1d(of.shape, 'int32');
  const made = backend.executeSingleOutput('Conv2D', plain, [pictures, kernel]);
  const flow = drawn('flow', made.shape);
  const pads = [rows, columns].map((size, axis) => {
    const reach = ((made.shape[axis + 1] as number) - 1) * (strides[axis] as number) + ([high, wide][axis] as number);
    return padding === 'SAME' ? Math.max(0, reach - size) >> 1 : 0;
  });
  const at = (size: number[]) => [integers('strides', strides), integers('pads', pads), integers('size', size)];
  const size = made.shape.slice(1, 3);
  const own = (relu: boolean, added: Tensor) =>
    backend.executeSingleOutput(op, [...at(size), flag('relu', relu)], [pictures, kernel, added]);
  const [kernelFlow, biasFlow] = backend.executeMultipleOutputs(
    `${op}KernelGrad`,
    at([high, wide]),
    [pictures, flow],
    2,
  ) as [Tensor, Tensor];
  const backward = (op: string, inputs: Tensor[]) => backend.executeSingleOutput(op, plain, inputs);
  /** Through ReLU and windows of 2 × 2 pixels, with gradients; ours from one op each. */
  const pooled = (): Record<string, [Tensor, Tensor]> => {
    const halves = size.map((one) => one / 2);
    const window = [...['ksize', 'strides'].map((name) => integers(name, [1, 2, 2, 1])), plain[2]];
    const bent = tf.relu(tf.add(made, bias));
    const largest = backend.executeSingleOutput('MaxPool', [type, ...window] as typeof plain, [bent]);
    const into = drawn('into', largest.shape);
    const back = backend.executeSingleOutput('MaxPoolGrad', [type, ...window] as typeof plain, [bent, largest, into]);
    const straight = backend.executeSingleOutput('ReluGrad', [type], [back, bent]);
    const [y, where] = backend.executeMultipleOutputs(
      'NetloomFewChannelsPooled',
      at(halves),
      [pictures, kernel, bias],
      2,
    );
    const given = [pictures, into, where as Tensor];
    const [dw, db] = backend.executeMultipleOutputs('NetloomFewChannelsPooledKernelGrad', at([high, wide]), given, 2);
    return {
      pooled: [y as Tensor, largest],
      'gradient of the kernel of what is pooled': [
        dw as Tensor,
        backward('Conv2DBackpropFilter', [pictures, sizes(kernel), straight]),
      ],
      'gradient of the bias of what is pooled': [db as Tensor, tf.sum(straight, [0, 1, 2])],
    };
  };
  const pairs: Record<string, [Tensor, Tensor]> = {
    plain: [own(false, tf.tensor1d([])), made],
    ReLU: [own(true, tf.tensor1d([])), tf.relu(made)],
    'bias and ReLU': [own(true, bias), tf.relu(tf.add(made, bias))],
    'gradient of the kernel': [kernelFlow, backward('Conv2DBackpropFilter', [pictures, sizes(kernel), flow])],
    'gradient of the bias': [biasFlow, tf.sum(flow, [0, 1, 2])],
    'gradient of the pictures': [
      backend.executeSingleOutput(`${op}PictureGrad`, at([rows, columns]), [kernel, flow]),
      backward('Conv2DBackpropInput', [sizes(pictures), kernel, flow]),
    ],
  };
  if (channels <= 4 && features % 16 === 0 && size.every((one) => one % 2 === 0)) Object.assign(pairs, pooled());
  return Object.fromEntries(
    Object.entries(pairs).map(([name, [mine, theirs]]) => {
      if (String(mine.shape) !== String(theirs.shape)) throw new Error(`${name} is ${mine.shape}, not ${theirs.shape}`);
      const [a, b] = [mine.dataSync<'float32'>(), theirs.dataSync<'float32'>()];
      const most = b.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      const off = b.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (a[i] as number))), 0);
      const bits = createHash('sha256').update(new Uint8Array(a.slice().buffer)).digest('hex');
      return [name, { off: off / most, bits }];
    }),
  );
}

const results = Object.entries(cases).map(([name, one]) => [name, computed(one)]);
console.log(JSON.stringify(Object.fromEntries(results)));
