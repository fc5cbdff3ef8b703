import type { NamedTensorInfoMap, Tensor4D } from '@tensorflow/tfjs-core';
import type { Tf } from '@/lib/nodes/kind';
import { type ConvolutionAttributes, convolutionInfo, padForWindows } from './window-positions';
import { wrapKernel } from './wrap-kernel';

type Quad = [number, number, number, number];

/**
 * TensorFlow.js 4.22's convolutions on WebAssembly give wrong numbers with “same” padding where the window moves on by more
 * than its own size. This pads first, and convolves without.
 */
export function mendWideStrides(tf: Tf): void {
  for (const kernelName of ['Conv2D', 'DepthwiseConv2dNative']) {
    const depthwise = kernelName !== 'Conv2D';
    wrapKernel(tf, kernelName, 'wasm', (original) => (call) => {
      const attributes = call.attrs as unknown as ConvolutionAttributes;
      const { x, filter } = call.inputs as NamedTensorInfoMap & { x: Tensor4D; filter: Tensor4D };
      const info = convolutionInfo(tf, x.shape as Quad, filter.shape as Quad, attributes, depthwise);
      const wide = info.strideHeight > info.effectiveFilterHeight || info.strideWidth > info.effectiveFilterWidth;
      if (attributes.pad !== 'same' || !wide) return original(call);
      return tf.tidy(() => {
        const padded = padForWindows(tf, x, info);
        const result = original({
          ...call,
          inputs: { ...call.inputs, x: padded },
          attrs: { ...call.attrs, pad: 'valid' },
        });
        if (Array.isArray(result)) throw new Error(`Invariant: ${kernelName} has one output`);
        return tf.engine().makeTensorFromTensorInfo(result);
      });
    });
  }
}
