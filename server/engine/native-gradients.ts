import type { Tensor } from '@/lib/nodes/kind';
import type { NativeTensorflow } from './load-native';

/**
 * TensorFlow's own gradient kernels in place of TensorFlow.js' compositions, which build masks from large constants. Only
 * for functions that are linear piece by piece: there the gradient of the gradient is the same kernel again, so that
 * second derivatives stay right.
 */
export function installNativeGradients({ tf, binding, backend }: NativeTensorflow): void {
  const type = { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
  const kernels: { kernel: string; grad: string; saves: 'input' | 'output' }[] = [
    { kernel: 'Relu', grad: 'ReluGrad', saves: 'output' },
    { kernel: 'Relu6', grad: 'Relu6Grad', saves: 'output' },
    { kernel: 'LeakyRelu', grad: 'LeakyReluGrad', saves: 'input' },
  ];
  for (const { kernel, grad, saves } of kernels) {
    const flow = (dy: Tensor, at: Tensor, attributes: Parameters<typeof backend.executeSingleOutput>[1]): Tensor =>
      tf.customGrad((upstream) => ({
        value: backend.executeSingleOutput(grad, attributes, [upstream as Tensor, at]),
        gradFunc: (ddy: Tensor) => flow(ddy, at, attributes),
      }))(dy);
    tf.unregisterGradient(kernel);
    tf.registerGradient({
      kernelName: kernel,
      ...(saves === 'output' ? { outputsToSave: [true] } : { inputsToSave: ['x'] }),
      gradFunc(dy, saved, attrs) {
        // Kernels without attributes come without the object, whatever the declaration says.
        const value = (attrs as typeof attrs | undefined)?.alpha;
        const alpha = value === undefined ? [] : [{ name: 'alpha', type: binding.TF_ATTR_FLOAT, value }];
        return { x: () => flow(dy as Tensor, saved[0] as Tensor, [type, ...alpha]) };
      },
    });
  }
}
