import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { parseParams } from '@/lib/nodes/common/parse-params';
import type { PlainParams } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { runTorch, torchMissing } from '../../helpers/torch';
import { PEERS_TIMEOUT, preparePeers, runPython } from '../../helpers/venv';

const script = path.resolve('tests/parity/kinds/schedules.py');

function values(id: string, given: PlainParams, count: number): number[] {
  const { face, run } = required(kinds[id], id);
  if (run?.as !== 'clock') throw new Error(id);
  const { params } = parseParams(face, given);
  const rest = { numbers: {}, epoch: 0, iterationsPerEpoch: null, iterations: count };
  return Array.from({ length: count }, (_, iteration) => run.run({ params, iteration, ...rest }).value ?? Number.NaN);
}

const near = (ours: number[], theirs: number[]) => {
  expect(ours).toHaveLength(theirs.length);
  ours.forEach((value, i) => {
    expect(Math.abs(value - (theirs[i] ?? Number.NaN)) / Math.abs(theirs[i] ?? 1), `at ${i}`).toBeLessThan(1e-6);
  });
};

const missing = await torchMissing();

describe.skipIf(missing !== null)('schedules of PyTorch', () => {
  let theirs: Record<string, number[]>;
  beforeAll(async () => {
    theirs = (await runTorch(script, ['torch'])) as typeof theirs;
  }, PEERS_TIMEOUT);

  it('one cycle', () => {
    near(values('one-cycle', { peak: 0.1, rise: 0.3 }, 50), theirs['one-cycle'] ?? []);
  });

  it('warm-up', () => {
    near(values('warm-up', { to: 0.2, start: 0.25, over: 10 }, 20), theirs['warm-up'] ?? []);
  });
});

describe('schedules of Keras', () => {
  beforeAll(preparePeers, PEERS_TIMEOUT);

  it(
    'piecewise',
    async () => {
      const theirs = (await runPython(script, ['keras', '[]'])) as { piecewise: number[] };
      near(values('piecewise', { values: [0.5, 0.25, 0.1], boundaries: [5, 9] }, 15), theirs.piecewise);
    },
    PEERS_TIMEOUT,
  );

  it(
    'plateau',
    async () => {
      // Rises, stands still, rests after a step, rises by too little, and comes to the least value.
      const metric = [
        0.1, 0.3, 0.3, 0.305, 0.2, 0.2, 0.2, 0.2, 0.5, 0.505, 0.4, 0.4, 0.4, 0.4, 0.4, 0.6, 0.1, 0.1, 0.1, 0.1,
      ];
      const theirs = (await runPython(script, ['keras', JSON.stringify(metric)])) as { plateau: number[] };
      const { face, run } = required(kinds.plateau, 'plateau');
      if (run?.as !== 'clock') throw new Error('plateau');
      const { params } = parseParams(face, {
        from: 1,
        factor: 0.5,
        patience: 2,
        minDelta: 0.01,
        cooldown: 2,
        least: 0.1,
      });
      const at = { params, numbers: {}, iteration: 0, epoch: 0, iterationsPerEpoch: null, iterations: null };
      const ours = metric.map(
        (_, n) => run.run({ ...at, followed: { better: 'higher', values: metric.slice(0, n) } }).value ?? Number.NaN,
      );
      near(ours, theirs.plateau);
      expect(new Set(ours).size).toBeGreaterThan(3);
    },
    PEERS_TIMEOUT,
  );
});
