import { isTaped } from '@/lib/engine/second-order/mend-tape';
import type { Tensor } from '@/lib/nodes/kind';
import type { NativeTensorflow } from './load-native';

/**
 * TensorFlow's own gradient kernels in place of TensorFlow.js' compositions. Those of functions that are linear piece by piece
 * have a gradient of their own: the same kernel again. Others are only for gradients that nobody differentiates.
 */
export function installNativeGradients(native: NativeTensorflow): void {
  installLinear(native);
  installBent(native);
  installReductions(native);
}

const typeOf = ({ binding }: NativeTensorflow) => ({ name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT });

/** The stock gradients build masks from large constants. */
function installLinear(native: NativeTensorflow): void {
  const { tf, binding, backend } = native;
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
        return { x: () => flow(dy as Tensor, saved[0] as Tensor, [typeOf(native), ...alpha]) };
      },
    });
  }
}

function installBent(native: NativeTensorflow): void {
  const { tf, backend } = native;
  for (const kernelName of ['Sigmoid', 'Tanh']) {
    const stock = tf.getGradient(kernelName);
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      kernelName,
      outputsToSave: [true],
      gradFunc(dy, saved, attributes) {
        if (isTaped(tf)) return stock.gradFunc(dy, saved, attributes);
        const at = [saved[0] as Tensor, dy as Tensor];
        return { x: () => backend.executeSingleOutput(`${kernelName}Grad`, [typeOf(native)], at) };
      },
    });
  }
}

/** What flows back through a sum or mean is the same for all that it is of; the stock gradients multiply by ones. */
function installReductions(native: NativeTensorflow): void {
  const { tf, binding, backend } = native;
  const index = { name: 'Tidx', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 };
  const spread = (dy: Tensor, shape: number[], axes: number[]): Tensor =>
    tf.customGrad((small) => ({
      value: backend.executeSingleOutput(
        'BroadcastTo',
        [typeOf(native), index],
        [small as Tensor, tf.tensor1d(shape, 'int32')],
      ),
      gradFunc: (ddy: Tensor) => tf.sum(ddy, axes, true),
    }))(dy);
  for (const kernelName of ['Sum', 'Mean']) {
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      kernelName,
      inputsToSave: ['x'],
      gradFunc(dy, saved, attributes) {
        const { shape } = saved[0] as Tensor;
        const axes = tf.util.parseAxisParam(attributes.axis as number | number[], shape);
        const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
        const count = axes.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
        const rows = () => tf.reshape(dy as Tensor, kept);
        const share = () => (kernelName === 'Mean' ? tf.div(rows(), count) : rows());
        return { x: () => spread(share(), shape, axes) };
      },
    });
  }
}
