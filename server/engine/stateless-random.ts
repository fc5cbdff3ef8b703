import type { RandomKey } from '@/lib/engine/host';
import { seedOfDraw } from '@/lib/engine/random';
import type { Random, Tensor } from '@/lib/nodes/kind';
import type { NativeTensorflow } from './load-native';

type Op = 'StatelessRandomUniform' | 'StatelessRandomNormal';

/** Draws by TensorFlow's stateless ops from seeds that are tensors (int32, 2), one for each draw. */
export function drawFrom({ tf, binding, backend }: NativeTensorflow, seed: () => Tensor): Random {
  const attributes = [
    { name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
    { name: 'Tseed', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
  ];
  /** `draw · scale + offset`, each rounded to float32 as in TypeScript; nothing to do for 1 and 0. */
  const draw = (op: Op, shape: number[], scale: number, offset: number): Tensor =>
    tf.tidy(() => {
      const drawn = backend.executeSingleOutput(op, attributes, [tf.tensor1d(shape, 'int32'), seed()]);
      return scale === 1 && offset === 0 ? drawn : tf.add(tf.mul(drawn, scale), offset);
    });
  return {
    uniform: (shape, min = 0, max = 1) =>
      draw('StatelessRandomUniform', shape, Math.fround(max) - Math.fround(min), min),
    normal: (shape, mean = 0, std = 1) => draw('StatelessRandomNormal', shape, std, mean),
  };
}

/**
 * Draws on the device, by key. `uniform` has the same bits as `lib/tensor/philox.ts`; `normal` equals it up to the last
 * places of log, sin and cos.
 */
export function statelessRandom(native: NativeTensorflow): (key: RandomKey) => Random {
  return (key) => {
    let stream = 0;
    return drawFrom(native, () => native.tf.tensor1d([...seedOfDraw(key, stream++)], 'int32'));
  };
}
