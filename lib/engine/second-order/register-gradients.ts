import type { GradConfig, Tensor4D } from '@tensorflow/tfjs-core';
import type { Tensor, Tf } from '@/lib/nodes/kind';

interface WindowAttributes {
  strides: [number, number];
  pad: 'valid' | 'same' | number;
  filterSize: [number, number];
  alignCorners: boolean;
}

type Gradient = (dy: Tensor, saved: Tensor[], attributes: WindowAttributes) => Record<string, () => Tensor>;

/**
 * Gradients of the kernels that TensorFlow.js 4.22 itself calls in gradients, and of comparisons, which have none there:
 * without them a second derivative throws. Those of windows are linear in each input, so that each one's gradient is another of
 * the family. Comparisons jump, and are flat everywhere else. Idempotent.
 */
export function registerGradients(tf: Tf): void {
  const flat = (...names: string[]): Gradient => {
    return (_dy, saved) => Object.fromEntries(names.map((name, at) => [name, () => zerosLike(tf, saved[at])]));
  };
  const add = (kernelName: string, inputsToSave: string[], gradient: Gradient): void => {
    if (tf.getGradient(kernelName)) tf.unregisterGradient(kernelName);
    const gradFunc: GradConfig['gradFunc'] = (dy, saved, attributes) =>
      gradient(dy as Tensor, saved, attributes as unknown as WindowAttributes);
    tf.registerGradient({ kernelName, inputsToSave, gradFunc });
  };
  for (const comparison of ['Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Equal', 'NotEqual'])
    add(comparison, ['a', 'b'], flat('a', 'b'));
  for (const connective of ['LogicalAnd', 'LogicalOr']) add(connective, ['a', 'b'], flat('a', 'b'));
  add('LogicalNot', ['x'], flat('x'));
  // y = g(x) of ELU: g′ is 1 above zero and y + 1 below.
  add('EluGrad', ['dy', 'y'], (ddx, [dy, y]) => {
    const below = () => tf.cast(tf.lessEqual(given(y), 0), 'float32');
    return {
      dy: () => tf.mul(ddx, tf.add(tf.mul(below(), given(y)), 1)),
      y: () => tf.mul(tf.mul(ddx, given(dy)), below()),
    };
  });
  add('AvgPoolGrad', ['input'], (ddx, [input], { filterSize, strides, pad }) => ({
    dy: () => tf.avgPool(ddx as Tensor4D, filterSize, strides, pad),
    input: () => zerosLike(tf, input),
  }));
  add('ResizeNearestNeighborGrad', ['dy', 'images'], (ddx, [dy, images], { alignCorners }) => ({
    dy: () => tf.image.resizeNearestNeighbor(ddx as Tensor4D, rowsAndColumns(given(dy)), alignCorners),
    images: () => zerosLike(tf, images),
  }));
  const grad = (kernelName: string, inputs: Record<string, Tensor>, attributes: object): Tensor =>
    tf.engine().runKernel(kernelName, inputs, { ...attributes });
  add('Conv2DBackpropFilter', ['x', 'dy'], (ddw, [x, dy], attributes) => ({
    x: () => grad('Conv2DBackpropInput', { dy: given(dy), filter: ddw }, { ...attributes, inputShape: x?.shape }),
    dy: () => tf.conv2d(given(x) as Tensor4D, ddw as Tensor4D, attributes.strides, attributes.pad),
  }));
  add('DepthwiseConv2dNativeBackpropInput', ['dy', 'filter'], (ddx, [dy, filter], attributes) => ({
    dy: () => tf.depthwiseConv2d(ddx as Tensor4D, given(filter) as Tensor4D, attributes.strides, attributes.pad),
    filter: () =>
      grad(
        'DepthwiseConv2dNativeBackpropFilter',
        { x: ddx, dy: given(dy) },
        { ...attributes, filterShape: filter?.shape },
      ),
  }));
  add('DepthwiseConv2dNativeBackpropFilter', ['x', 'dy'], (ddw, [x, dy], attributes) => ({
    x: () =>
      grad(
        'DepthwiseConv2dNativeBackpropInput',
        { dy: given(dy), filter: ddw },
        { ...attributes, inputShape: x?.shape },
      ),
    dy: () => tf.depthwiseConv2d(given(x) as Tensor4D, ddw as Tensor4D, attributes.strides, attributes.pad),
  }));
}

/** Saved inputs are there whenever a gradient is asked for. */
function given(tensor: Tensor | undefined): Tensor {
  if (!tensor) throw new Error('Invariant: what the gradient needs was saved');
  return tensor;
}

/** By an op, since a constant of that size would become a part of traced steps. */
const zerosLike = (tf: Tf, tensor: Tensor | undefined): Tensor => tf.zerosLike(tf.cast(given(tensor), 'float32'));

const rowsAndColumns = ({ shape }: Tensor): [number, number] => [shape[1] ?? 1, shape[2] ?? 1];
