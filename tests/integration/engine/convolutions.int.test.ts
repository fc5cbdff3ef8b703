import { beforeAll, describe, expect, it } from 'vitest';
import { chooseEngine } from '@/server/engine/choose-engine';
import { ensureEngine } from '@/server/engine/install-engine';
import { loadNative, type NativeTensorflow } from '@/server/engine/load-native';
import { openNodeHost } from '@/server/engine/node-host';
import { INSTRUCTION_SETS, printed } from '@/tests/helpers/printed';

type Results = Record<string, Record<string, { off: number; bits: string }>>;

let native: NativeTensorflow;
beforeAll(async () => {
  await ensureEngine();
  await openNodeHost({ threads: 2, datasets: { open: () => Promise.reject(new Error('no data here')) } });
  const choice = chooseEngine();
  if (choice.engine !== 'tensorflow') throw new Error('the native engine is there');
  native = loadNative(choice.folder);
}, 300_000);

/** By 2 × 2 with a stride of 2, one row and column of zeros before the picture; features double from one to the next. */
function convolved(pictures: number[], bias: number[], relu: boolean): number[] {
  const { tf, binding, backend } = native;
  const kernel = [1, 10, 100, 1000].flatMap((tap) => Array.from({ length: 8 }, (_, i) => tap * 2 ** i));
  const pair = (name: string, value: number[]) => ({ name, type: binding.TF_ATTR_INT, value });
  return tf.tidy(() => {
    const y = backend.executeSingleOutput(
      'NetloomFewChannels',
      [
        pair('strides', [2, 2]),
        pair('pads', [1, 1]),
        pair('size', [2, 2]),
        { name: 'relu', type: binding.TF_ATTR_BOOL, value: relu },
      ],
      [tf.tensor4d(pictures, [1, 3, 3, 1]), tf.tensor4d(kernel, [2, 2, 1, 8]), tf.tensor1d(bias)],
    );
    return Array.from(y.dataSync());
  });
}

describe('convolutions of the addon', () => {
  it.each(INSTRUCTION_SETS)('give what TensorFlow gives, the same bits with one thread and two: %s', async (set) => {
    const print = (threads: number) => printed<Results>('print-convolutions', set, threads);
    const [alone, shared] = [await print(1), await print(2)];
    expect(Object.keys(alone).length).toBeGreaterThan(10);
    for (const [name, results] of Object.entries(alone))
      for (const [what, { off, bits }] of Object.entries(results)) {
        expect(off, `${what}: ${name}`).toBeLessThan(5e-6);
        expect(shared[name]?.[what]?.bits, `${what}: ${name}`).toBe(bits);
      }
  });

  it('by hand', () => {
    const pictures = [1, -2, 3, 4, 5, 6, -7, 8, 9];
    // Top left sees only the picture's first pixel, by the last tap; and so on.
    const ones = [1000, -200 + 3000, 40 - 7000, 5 + 60 + 800 + 9000];
    const features = (one: number): number[] => Array.from({ length: 8 }, (_, i) => one * 2 ** i);
    expect(convolved(pictures, [], false)).toEqual(ones.flatMap(features));
    const bias = [1, 0, 0, 0, 0, 0, 0, 2];
    const bent = ones.flatMap((one) => features(one).map((value, i) => Math.max(0, value + (bias[i] ?? 0))));
    expect(convolved(pictures, bias, true)).toEqual(bent);
  });

  it('say what they expected', () => {
    expect(() => convolved([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2], false)).toThrow(/a bias for each feature, or none/);
  });
});
