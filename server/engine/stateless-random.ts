import type { RandomKey } from '@/lib/engine/host';
import { seedOfDraw } from '@/lib/engine/random';
import type { Random, Tensor } from '@/lib/nodes/kind';
import type { Seed } from '@/lib/tensor/philox';
import type { NativeTensorflow } from './load-native';

/**
 * Draws by TensorFlow's stateless ops, on the device. `uniform` has the same bits as `lib/tensor/philox.ts`; `normal`
 * equals it up to the last places of log, sin and cos.
 */
export function statelessRandom({ tf, binding, backend }: NativeTensorflow): (key: RandomKey) => Random {
  type Op = 'StatelessRandomUniform' | 'StatelessRandomNormal';
  /** `draw · scale + offset`, each rounded to float32 as in TypeScript; nothing to do for 1 and 0. */
  const draw = (op: Op, shape: number[], seed: Seed, scale: number, offset: number): Tensor =>
    tf.tidy(() => {
      const attributes = [
        { name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
        { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
        { name: 'Tseed', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
      ];
      const inputs = [tf.tensor1d(shape, 'int32'), tf.tensor1d([...seed], 'int32')];
      const drawn = backend.executeSingleOutput(op, attributes, inputs);
      return scale === 1 && offset === 0 ? drawn : tf.add(tf.mul(drawn, scale), offset);
    });

  return (key) => {
    let stream = 0;
    const next = (): Seed => seedOfDraw(key, stream++);
    return {
      uniform: (shape, min = 0, max = 1) =>
        draw('StatelessRandomUniform', shape, next(), Math.fround(max) - Math.fround(min), min),
      normal: (shape, mean = 0, std = 1) => draw('StatelessRandomNormal', shape, next(), std, mean),
    };
  };
}
