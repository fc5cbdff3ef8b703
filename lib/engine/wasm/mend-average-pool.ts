import type { NamedTensorInfoMap } from '@tensorflow/tfjs-core';
import type { Tensor, Tf } from '@/lib/nodes/kind';
import { type PoolAttributes, poolInfo } from './window-positions';
import { wrapKernel } from './wrap-kernel';

/** How many pixels of the picture each window of one axis holds. */
function windowSizes(outputs: number, stride: number, size: number, before: number, length: number): number[] {
  return Array.from({ length: outputs }, (_, index) => {
    const start = index * stride - before;
    return Math.min(start + size, length) - Math.max(start, 0);
  });
}

/**
 * TensorFlow.js 4.22's AvgPoolGrad (cpu, wasm, webgl) divides by the whole window also where a part of it lies outside of
 * the picture, unlike the forward pass. This scales the incoming gradient so that the quotient is right.
 */
export function mendAveragePoolGradient(tf: Tf, backendName: string): void {
  wrapKernel(tf, 'AvgPoolGrad', backendName, (original) => (call) => {
    const { dy, input } = call.inputs as NamedTensorInfoMap & { dy: Tensor; input: Tensor };
    const shape = input.shape as [number, number, number, number];
    const info = poolInfo(tf, shape, call.attrs as unknown as PoolAttributes);
    const { top, left, bottom, right } = info.padInfo;
    if (top + left + bottom + right === 0) return original(call);
    const rows = windowSizes(info.outHeight, info.strideHeight, info.filterHeight, top, info.inHeight);
    const columns = windowSizes(info.outWidth, info.strideWidth, info.filterWidth, left, info.inWidth);
    const whole = info.filterHeight * info.filterWidth;
    const factors = rows.flatMap((height) => columns.map((width) => whole / Math.max(1, height * width)));
    return tf.tidy(() => {
      const scaled = tf.mul(dy, tf.tensor(factors, [1, info.outHeight, info.outWidth, 1]));
      const result = original({ ...call, inputs: { dy: scaled, input } });
      if (Array.isArray(result)) throw new Error('Invariant: AvgPoolGrad has one output');
      return tf.engine().makeTensorFromTensorInfo(result);
    });
  });
}
