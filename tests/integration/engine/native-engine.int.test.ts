import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineHost } from '@/lib/engine/host';
import { drawHere } from '@/lib/engine/random';
import { doctor } from '@/server/engine/doctor';
import { ensureEngine } from '@/server/engine/install-engine';
import { openNodeHost } from '@/server/engine/node-host';
import { TENSORFLOW_VERSION } from '@/server/engine/release';

let host: EngineHost;
beforeAll(async () => {
  await ensureEngine();
  host = await openNodeHost({ threads: 2, datasets: { open: () => Promise.reject(new Error('no data here')) } });
}, 300_000);

describe('the native engine', () => {
  it('is what doctor reports, with the version of the pinned library', async () => {
    const report = await doctor();
    expect(report).toMatchObject({ engine: 'tensorflow', versions: { tensorflow: TENSORFLOW_VERSION } });
    expect(report.paths.engine).toContain(TENSORFLOW_VERSION);
  });

  it('draws the same uniform numbers as TypeScript, bit for bit, and normal ones to 1e-6', () => {
    const before = host.tf.memory().numTensors;
    const key = { seed: 7, path: 'n1/n2', pass: 'train', clock: 3, t: 0 } as const;
    const [native, here] = [host.random?.(key), drawHere(host.tf, key)];
    if (!native) throw new Error('the native engine draws on the device');
    for (const [shape, min, max] of [
      [[3, 5], 0, 1],
      [[1001], -2, 3],
    ] as const) {
      const [x, y] = [native.uniform([...shape], min, max), here.uniform([...shape], min, max)];
      expect(x.dataSync()).toEqual(y.dataSync());
      host.tf.dispose([x, y]);
    }
    const [x, y] = [native.normal([1001], 1, 2), here.normal([1001], 1, 2)];
    const [a, b] = [x.dataSync(), y.dataSync()];
    expect(Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? Number.NaN))))).toBeLessThan(3e-6);
    host.tf.dispose([x, y]);
    expect(host.tf.memory().numTensors).toBe(before);
  });

  it('refuses another thread count in the same process', async () => {
    await expect(openNodeHost({ threads: 1, datasets: host.datasets })).rejects.toThrow('cannot change to 1');
  });
});
