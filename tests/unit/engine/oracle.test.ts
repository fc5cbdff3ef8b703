import { beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '@/lib/compile/program';
import { openDatasets } from '@/lib/engine/batches';
import type { EngineHost } from '@/lib/engine/host';
import { runOracle } from '@/lib/engine/oracle';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openCpuHost } from '@/server/engine/cpu-host';
import {
  captioning,
  controller,
  monteCarlo,
  nested,
  recurrence,
  reinforce,
  writing,
} from '@/tests/helpers/caller-documents';
import { collectRun } from '@/tests/helpers/collect-run';
import { averageDocument, carriesDocument, growingDocument, heldDocument } from '@/tests/helpers/fold-documents';
import { batchNormDocument, ganDocument, mlpDocument, programOf, tiedDocument } from '@/tests/helpers/programs';

const programs: Record<string, () => Program> = {
  'a classifier with dropout': () =>
    programOf(mlpDocument('digits', 'image', [12, 10], { batch: 500, dropout: 0.3, epochs: 2 })),
  'batch norm, gathered and clipped gradients, a schedule': () => programOf(batchNormDocument()),
  'two optimizers in order over shared weights': () => programOf(ganDocument()),
  'a network that grows stage by stage': () => programOf(growingDocument()),
  'a history and a baseline': () => programOf(carriesDocument()),
  'averages of averages': () => programOf(averageDocument()),
  'held values and fitted variables': () => programOf(heldDocument()),
  'tied weights: a kernel is also a tensor': () => programOf(tiedDocument()),
  'two optimizers together over shared weights': () => programOf(ganDocument('together')),
  'training through a block that is called three times': () => programOf(recurrence()),
  'a block asked six times with dropout on': () => programOf(monteCarlo()),
  'callers in callers': () => programOf(nested()),
  'a sequence continued piece by piece': () => programOf(writing()),
  'the same with two states': () => programOf(writing('lstm')),
  'captions from features, the whole sequence at each step': () => programOf(captioning()),
  'sequences that a controller writes and learns from': () => programOf(controller()),
  'episodes that the policy plays itself': () => programOf(reinforce()),
  'episodes seen as pixels': () => programOf(reinforce('catch', 3)),
};

describe('the engine agrees with the oracle, task by task', () => {
  let host: EngineHost;
  beforeAll(async () => {
    host = await openCpuHost(nodeDatasets());
  });

  it.each(Object.keys(programs))('%s', { timeout: 120_000 }, async (name) => {
    const program = (programs[name] as () => Program)();
    const datasets = await openDatasets(program, kinds, host);
    const oracle = runOracle(host.tf, program, kinds, datasets, 7);
    host.tf.engine().reset();
    await host.tf.setBackend('cpu');
    const ours = await collectRun(program, host, { checkpointEvery: 1 });

    expect(oracle.iterations.length).toBeGreaterThan(3);
    const first = program.tasks.find((task) => task.do === 'update')?.id ?? '';
    const losses = ours.events.flatMap((event) => (event?.type === 'metrics' ? [event.values['train.loss']] : []));
    expect(losses).toEqual(oracle.iterations.map((iteration) => iteration.losses[first]));
    oracle.iterations.forEach(({ variables }, i) => {
      const checkpoint = ours.checkpoints.find((one) => one.iteration === i + 1);
      for (const [id, { data }] of Object.entries(variables))
        expect(checkpoint?.tensors[`variable:${id}`]?.data, `${id} after iteration ${i}`).toEqual(data);
    });
    const sweeps = ours.events.flatMap((event) =>
      event?.type === 'sweep' && event.split !== 'train'
        ? [{ after: event.iteration + 1, split: event.split, values: event.values }]
        : [],
    );
    expect(sweeps).toEqual(oracle.sweeps);
    expect(sweeps.length).toBeGreaterThan(0);
  });
});
