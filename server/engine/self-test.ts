import type { Tensor4D } from '@tensorflow/tfjs';
import { defaultThreads } from './engine-environment';
import { loadNative } from './load-native';
import { openNativeHost } from './native-host';

/** Run in a child with an engine's folder: a product, the gradient of a convolution and a compiled step, whose values are known. */
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

const compiled = host.compiler?.compile(
  (input) => ({ outputs: { y: tf.relu(tf.mul(input('x'), 2)) }, dispose() {} }),
  [() => tf.tensor1d([1, -1]), () => tf.tensor1d([3, -2])],
);
const called = compiled?.run(() => tf.tensor1d([4, -4])).y?.dataSync();
if (called?.join() !== '8,0') throw new Error(`wrong result of a compiled step: ${called?.join() ?? 'none'}`);

console.log(`SELF-TEST PASSED ${JSON.stringify({ tensorflow: binding.TF_Version, device: host.device })}`);
