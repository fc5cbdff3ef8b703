import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Program } from '@/lib/compile/program';
import type { EngineHost } from '@/lib/engine/host';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openCpuHost } from '@/server/engine/cpu-host';
import { controller, recurrence, reinforce, stateful } from '@/tests/helpers/caller-documents';
import { collectRun, timeless } from '@/tests/helpers/collect-run';
import {
  averageDocument,
  carriesDocument,
  growingDocument,
  heldDocument,
  plateauDocument,
} from '@/tests/helpers/fold-documents';
import { adversarial } from '@/tests/helpers/gradient-documents';
import { batchNormDocument, ganDocument, mlpDocument, programOf } from '@/tests/helpers/programs';

const programs: Record<string, () => Program> = {
  'dropout, early stopping and restored weights': () =>
    programOf(
      mlpDocument('digits', 'image', [8, 10], {
        batch: 700,
        dropout: 0.3,
        epochs: 4,
        sample: { every: 2 },
        training: { patience: 1, minDelta: 0.2, restoreBest: true },
      }),
    ),
  'batch norm with gathered gradients': () => programOf(batchNormDocument()),
  'a network that grows stage by stage': () => programOf(growingDocument()),
  'a history and a baseline': () => programOf(carriesDocument()),
  'averages of averages': () => programOf(averageDocument()),
  'a rate and a penalty that fall where a metric stands still': () => programOf(plateauDocument()),
  'held values and fitted variables': () => programOf(heldDocument()),
  'two optimizers': () => programOf(ganDocument()),
  'a block that is called three times': () => programOf(recurrence()),
  'states that go on from batch to batch': () => programOf(stateful()),
  'episodes that the policy plays itself': () => programOf(reinforce()),
  'sequences that a controller writes and learns from': () => programOf(controller()),
  'attacks in one step and in several': () => programOf(adversarial()),
};

describe('a run that is paused goes on exactly', () => {
  let host: EngineHost;
  let tensors: number;
  beforeAll(async () => {
    host = await openCpuHost(nodeDatasets());
  });
  beforeEach(() => {
    tensors = host.tf.memory().numTensors;
  });
  afterEach(() => {
    expect(host.tf.memory().numTensors).toBe(tensors);
  });

  it.each(Object.keys(programs))('at every moment: %s', { timeout: 120_000 }, async (name) => {
    const program = (programs[name] as () => Program)();
    const whole = await collectRun(program, host);
    expect(whole.outcome).toBe('finished');
    expect(whole.events.map((event) => event?.type)).not.toContain(undefined);
    for (let moment = 0; moment < 40; moment++) {
      const before = await collectRun(program, host, { pauseAfter: moment });
      if (before.outcome === 'finished') {
        expect(moment).toBeGreaterThan(6);
        return;
      }
      const { last } = before;
      expect(before.events.length).toBe(last?.seq);
      const after = await collectRun(program, host, last ? { resume: last } : {});
      const joined = [...before.events, ...after.events.slice(before.events.length)];
      expect(joined.map(timeless)).toEqual(whole.events.map(timeless));
      expect((after.last ?? last)?.tensors).toEqual(whole.last?.tensors);
    }
    expect.fail('the run never came to its end');
  });

  it('from every checkpoint that a crash may leave behind', { timeout: 120_000 }, async () => {
    const program = programOf(mlpDocument('digits', 'image', [8, 10], { batch: 500, epochs: 2, dropout: 0.5 }));
    const whole = await collectRun(program, host, { checkpointEvery: 1 });
    expect(whole.checkpoints.length).toBeGreaterThan(5);
    for (const checkpoint of whole.checkpoints) {
      const after = await collectRun(program, host, { checkpointEvery: 1, resume: checkpoint });
      for (let seq = checkpoint.seq; seq < whole.events.length; seq++)
        expect(timeless(after.events[seq])).toEqual(timeless(whole.events[seq]));
      expect((after.last ?? checkpoint).tensors).toEqual(whole.last?.tensors);
    }
  });
});
