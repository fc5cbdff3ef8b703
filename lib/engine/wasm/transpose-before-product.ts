import type { NamedTensorInfoMap } from '@tensorflow/tfjs-core';
import type { Tensor, Tf } from '@/lib/nodes/kind';
import { wrapKernel } from './wrap-kernel';

/** The last two axes exchanged. */
function transposed(tf: Tf, x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return tf.transpose(x, [...axes.slice(0, -2), x.rank - 1, x.rank - 2]);
}

/**
 * TensorFlow.js' matrix product on WebAssembly is fast only for two matrices as they lie: with `transposeA` or
 * `transposeB`, as every dense layer's gradient has it, a plain loop runs that is six times slower. This transposes first.
 */
export function transposeBeforeProduct(tf: Tf): void {
  wrapKernel(tf, 'BatchMatMul', 'wasm', (original) => (call) => {
    const attrs = call.attrs as { transposeA?: boolean; transposeB?: boolean };
    if (!attrs.transposeA && !attrs.transposeB) return original(call);
    const { a, b } = call.inputs as NamedTensorInfoMap & { a: Tensor; b: Tensor };
    return tf.tidy(() => {
      const inputs = {
        a: attrs.transposeA ? transposed(tf, a) : a,
        b: attrs.transposeB ? transposed(tf, b) : b,
      };
      const result = original({ ...call, inputs, attrs: { transposeA: false, transposeB: false } });
      if (Array.isArray(result)) throw new Error('Invariant: BatchMatMul has one output');
      return tf.engine().makeTensorFromTensorInfo(result);
    });
  });
}
