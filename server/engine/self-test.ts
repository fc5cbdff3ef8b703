import type { Tensor4D } from '@tensorflow/tfjs';
import { hasOneDnn } from './compiled/onednn';
import { defaultThreads } from './engine-environment';
import { loadNative } from './load-native';
import { openNativeHost } from './native-host';

/** Run in a child with an engine's folder: a product, the gradient of a convolution and a compiled step that changes a variable, whose values are known. */
const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: self-test.ts FOLDER');
const host = openNativeHost({
  folder,
  threads: defaultThreads(),
  datasets: { open: () => Promise.reject(new Error('the self-test has no data')) },
});
const { tf, binding } = loadNative(folder);

const product = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])).dataSync();
if (Array.from(product).join() !== '19,22,43,50') throw new Error(`wrong product ${product.join()}`);

const kernel = tf.ones([3, 3, 1, 1]) as Tensor4D;
const gradient = tf.grad((x) => tf.sum(tf.conv2d(x as Tensor4D, kernel, 1, 'same')));
const [total] = tf.sum(gradient(tf.ones([1, 4, 4, 1]))).dataSync();
if (total !== 100) throw new Error(`wrong gradient ${total}`);

const session = host.compiler?.open({ flops: 0 });
session?.write({ w: { data: Float32Array.of(2, 2), shape: [2] } });
const given = () => ({ data: Float32Array.of(4, -4), shape: [2] });
const step = session?.compile((input) => {
  const y = tf.relu(tf.mul(input('x'), input('w')));
  return { outputs: { y }, writes: { w: tf.add(input('w'), y) } };
}, given);
const called = (await step?.start(given))?.y?.data;
const kept = session?.read(['w']).w?.data;
session?.dispose();
if (called?.join() !== '8,0' || kept?.join() !== '10,2')
  throw new Error(`wrong result of a compiled step: ${called?.join() ?? 'none'}; ${kept?.join() ?? 'none'}`);

console.log(
  `SELF-TEST PASSED ${JSON.stringify({ tensorflow: binding.TF_Version, device: host.device, oneDnn: hasOneDnn(binding) })}`,
);
