import { beforeAll, describe, expect, it } from 'vitest';
import { ensureEngine } from '@/server/engine/install-engine';
import { INSTRUCTION_SETS, printed } from '@/tests/helpers/printed';

type Results = Record<string, Record<string, { off: number; bits: string }>>;

beforeAll(() => ensureEngine(), 300_000);

describe('batch norm of pictures', () => {
  it.each(INSTRUCTION_SETS)('gives what TensorFlow gives, the same bits with one thread and two: %s', async (set) => {
    const print = (threads: number) => printed<Results>('print-batch-norm', set, threads);
    const [alone, shared] = [await print(1), await print(2)];
    expect(Object.keys(alone).length).toBe(4);
    for (const [name, results] of Object.entries(alone))
      for (const [what, { off, bits }] of Object.entries(results)) {
        expect(off, `${what}: ${name}`).toBeLessThan(3e-5);
        expect(shared[name]?.[what]?.bits, `${what}: ${name}`).toBe(bits);
      }
  });
});
