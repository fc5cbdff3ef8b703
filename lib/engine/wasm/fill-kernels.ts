import type { KernelFunc, Tensor4D } from '@tensorflow/tfjs-core';
import type { Tensor, Tf } from '@/lib/nodes/kind';
import { conv2dFilterGradient } from './conv-2d-filter-gradient';
import { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise-gradients';
import { maxPoolGradient } from './max-pool-gradient';
import { mendAveragePoolGradient } from './mend-average-pool';
import { mendWideStrides } from './mend-wide-strides';
import { transposeBeforeProduct } from './transpose-before-product';
import type { ConvolutionAttributes, PoolAttributes } from './window-positions';

type Quad = [number, number, number, number];

/** TensorFlow.js hands kernels loosely typed records; the names are those of its gradient functions. */
interface ConvAttributes extends ConvolutionAttributes {
  filterShape: Quad;
  inputShape: Quad;
  numSegments: number;
}

type Kernel = (inputs: Record<string, Tensor>, attributes: ConvAttributes) => Tensor;

/**
 * Registers the kernels that training needs and the WebAssembly backend of TensorFlow.js 4.22 lacks, each built from
 * kernels that it has, and mends the pooling gradients and wide strides. Idempotent. Call it after `@tensorflow/tfjs-backend-wasm` was imported and before training.
 */
export function fillWasmKernels(tf: Tf): void {
  const kernels: Record<string, Kernel> = {
    Conv2DBackpropFilter: ({ x, dy }, attributes) =>
      conv2dFilterGradient(tf, x as Tensor4D, dy as Tensor4D, attributes.filterShape, attributes),
    DepthwiseConv2dNativeBackpropFilter: ({ x, dy }, attributes) =>
      depthwiseFilterGradient(tf, x as Tensor4D, dy as Tensor4D, attributes.filterShape, attributes),
    DepthwiseConv2dNativeBackpropInput: ({ dy, filter }, attributes) =>
      depthwiseInputGradient(tf, dy as Tensor4D, filter as Tensor4D, attributes.inputShape, attributes),
    UnsortedSegmentSum: ({ x, segmentIds }, { numSegments }) => segmentSum(tf, x, segmentIds, numSegments),
    MaxPoolGrad: ({ dy, input, output }, attributes) =>
      maxPoolGradient(
        tf,
        dy as Tensor4D,
        input as Tensor4D,
        output as Tensor4D,
        attributes as unknown as PoolAttributes,
      ),
  };
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm');
    const kernelFunc: KernelFunc = ({ inputs, attrs }) =>
      tf.tidy(() => kernel(inputs as Record<string, Tensor>, attrs as unknown as ConvAttributes));
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
  }
  mendAveragePoolGradient(tf, 'wasm');
  mendWideStrides(tf);
  transposeBeforeProduct(tf);
}

/** Rows of `x` added up by id, `[numSegments, …]`: a scatter, which sums what falls on one place. */
function segmentSum(tf: Tf, x: Tensor | undefined, ids: Tensor | undefined, numSegments: number): Tensor {
  if (!x || !ids) throw new Error('UnsortedSegmentSum takes x and segmentIds');
  const rows = ids.size;
  const rest = x.shape.slice(ids.rank);
  const width = rest.reduce((product, size) => product * size, 1);
  const summed = tf.scatterND(tf.reshape(ids, [rows, 1]), tf.reshape(x, [rows, width]), [numSegments, width]);
  return tf.reshape(summed, [numSegments, ...rest]);
}
