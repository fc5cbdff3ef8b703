import type { KernelFunc } from '@tensorflow/tfjs-core';
import type { Tf } from '@/lib/nodes/kind';

const wrapped = new WeakSet<object>();

/** Puts a function around a registered kernel, once; nothing where the backend has no such kernel. */
export function wrapKernel(
  tf: Tf,
  kernelName: string,
  backendName: string,
  wrap: (original: KernelFunc) => KernelFunc,
): void {
  const registered = tf.getKernel(kernelName, backendName);
  if (!registered || wrapped.has(registered)) return;
  const config = { ...registered, kernelFunc: wrap(registered.kernelFunc) };
  wrapped.add(config);
  tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel(config);
}
