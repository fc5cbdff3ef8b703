import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineHost } from '@/lib/engine/host';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { ensureEngine } from '@/server/engine/install-engine';
import { openNodeHost } from '@/server/engine/node-host';
import { difference, lossesOf, trainedEntries } from '@/tests/helpers/gallery-losses';

let compiled: EngineHost;
let eager: EngineHost;

beforeAll(async () => {
  await ensureEngine();
  compiled = await openNodeHost({ engine: 'tensorflow', threads: 2, datasets: nodeDatasets() });
  const { compiler, ...rest } = compiled;
  expect(compiler).toBeDefined();
  eager = rest;
}, 300_000);

const NEAR = 1e-5;
/** Convolutions go to other kernels in a graph; here their rounding errors grow most in twenty steps. */
const LESS_NEAR: Record<string, number> = { 'multi-task': 3e-5 };

/** Adam divides a gradient by its own size and so enlarges what is rounding noise: only its first steps are compared. */
describe.each(trainedEntries)('%s', (id) => {
  it.each([
    ['sgd', 20],
    ['adam', 3],
  ] as const)('gives the same losses compiled and op by op: %s', async (algorithm, iterations) => {
    const before = compiled.tf.memory().numTensors;
    const fast = await lossesOf(id, compiled, { algorithm, iterations });
    const slow = await lossesOf(id, eager, { algorithm, iterations });
    expect(difference(fast, slow)).toBeLessThan(LESS_NEAR[id] ?? NEAR);
    expect(compiled.tf.memory().numTensors).toBe(before);
  });
});
