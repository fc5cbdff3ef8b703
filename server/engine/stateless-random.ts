import type { Tensor as TfjsTensor } from '@tensorflow/tfjs';
import type { RandomKey } from '@/lib/engine/host';
import { seedOfDraw } from '@/lib/engine/random';
import type { Random, Tensor } from '@/lib/nodes/kind';
import type { NativeTensorflow } from './load-native';

/**
 * Draws by TensorFlow's stateless ops, on the device. `uniform` has the same bits as `lib/tensor/philox.ts`; `normal`
 * equals it up to the last places of log, sin and cos.
 */
export function statelessRandom({ tf, binding, backend }: NativeTensorflow): (key: RandomKey) => Random {
  const draw = (
    op: 'StatelessRandomUniform' | 'StatelessRandomNormal',
    shape: number[],
    key: RandomKey,
    stream: number,
  ) => {
    const attributes = [
      { name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
      { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
      { name: 'Tseed', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
    ];
    const inputs = [tf.tensor1d(shape, 'int32'), tf.tensor1d([...seedOfDraw(key, stream)], 'int32')];
    const info = backend.executeSingleOutput(op, attributes, inputs);
    for (const input of inputs) input.dispose();
    return tf.engine().makeTensorFromTensorInfo(info);
  };
  /** `x · scale + offset`, each rounded to float32 as in TypeScript; nothing to do for 1 and 0. */
  const affine = (x: TfjsTensor, scale: number, offset: number): Tensor =>
    scale === 1 && offset === 0 ? x : tf.tidy(() => tf.add(tf.mul(x, scale), offset));

  return (key) => {
    let stream = 0;
    return {
      uniform: (shape, min = 0, max = 1) =>
        affine(draw('StatelessRandomUniform', shape, key, stream++), Math.fround(max) - Math.fround(min), min),
      normal: (shape, mean = 0, std = 1) => affine(draw('StatelessRandomNormal', shape, key, stream++), std, mean),
    };
  };
}
