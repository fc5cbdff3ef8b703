import { createHash } from 'node:crypto';
import type { Tensor } from '@/lib/nodes/kind';
import { seedOf, uniform } from '@/lib/tensor/philox';
import { chooseEngine } from '@/server/engine/choose-engine';
import { loadNative } from '@/server/engine/load-native';
import { openNodeHost } from '@/server/engine/node-host';

/**
 * For one instruction set and number of threads, of which a process has one: how far the addon's batch norm is from TensorFlow's,
 * relative to the largest number, and a hash of its bits. As JSON: by shape, by what is computed.
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

const drawn = (name: string, shape: number[], low = -1, high = 1): Tensor => {
  const size = shape.reduce((product, one) => product * one, 1);
  return tf.tensor(
    uniform(seedOf(1, name), size).map((value) => low + (high - low) * value),
    shape,
  );
};

const type = (name: string) => ({ name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT });
const flag = (name: string, value: boolean) => ({ name, type: binding.TF_ATTR_BOOL, value });
const epsilon = { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: 0.01 };

function computed(shape: number[]) {
  const channels = [shape.at(-1) as number];
  // Far from zero, where sums of squares would lose digits.
  const x = drawn('x', shape, 4, 6);
  const gamma = drawn('gamma', channels);
  const beta = drawn('beta', channels);
  const [added, flow, none] = [drawn('added', shape), drawn('flow', shape), tf.tensor1d([])];
  const attributes = [type('T'), type('U'), epsilon, flag('is_training', true)];
  const [y, mean, variance, ...kept] = backend.executeMultipleOutputs(
    'FusedBatchNormV3',
    attributes,
    [x, gamma, beta, none, none],
    6,
  ) as [Tensor, Tensor, Tensor, ...Tensor[]];
  const own = (relu: boolean, plus: Tensor): Tensor[] =>
    backend.executeMultipleOutputs('NetloomBatchNorm', [epsilon, flag('relu', relu)], [x, gamma, beta, plus], 6);
  const [mine, myMean, myVariance, ...mineKept] = own(false, none) as [Tensor, Tensor, Tensor, ...Tensor[]];
  const backward = (dy: Tensor): Tensor[] =>
    backend.executeMultipleOutputs('FusedBatchNormGradV3', attributes, [dy, x, gamma, ...kept], 5);
  const ownBackward = (relu: boolean): Tensor[] =>
    backend.executeMultipleOutputs('NetloomBatchNormGrad', [flag('relu', relu)], [flow, x, gamma, ...mineKept], 3);
  const bent = tf.mul(flow, tf.cast(tf.greater(mine, 0), 'float32'));
  const named = (title: string, ours: Tensor[], theirs: Tensor[]) =>
    ['input', 'gamma', 'beta'].map((name, i) => [`${title} ${name}`, ours[i] as Tensor, theirs[i] as Tensor] as const);
  const triples = [
    ['y', mine, y],
    ['mean', myMean, mean],
    ['variance', myVariance, variance],
    ['with ReLU', own(true, none)[0] as Tensor, tf.relu(y)],
    ['with a sum and ReLU', own(true, added)[0] as Tensor, tf.relu(tf.add(y, added))],
    ...named('gradient of', ownBackward(false), backward(flow)),
    ...named('gradient through ReLU of', ownBackward(true), backward(bent)),
  ] as const;
  return Object.fromEntries(
    triples.map(([name, ours, theirs]) => {
      const [a, b] = [ours.dataSync<'float32'>(), theirs.dataSync<'float32'>()];
      if (a.length !== b.length) throw new Error(`${name} has ${a.length} numbers, not ${b.length}`);
      const most = b.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      const off = b.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (a[i] as number))), 0);
      return [
        name,
        { off: off / most, bits: createHash('sha256').update(new Uint8Array(a.slice().buffer)).digest('hex') },
      ];
    }),
  );
}

const shapes = [
  [16, 16, 16, 48],
  [3, 7, 5, 16],
  [8, 9, 11, 160],
  [1, 2, 3, 32],
];
console.log(JSON.stringify(Object.fromEntries(shapes.map((shape) => [shape.join(' × '), computed(shape)]))));
