import type { Program } from '@/lib/compile/program';
import { defaultMetricsEvery } from '@/lib/engine/calendar';
import type { EngineHost } from '@/lib/engine/host';
import { runTraining } from '@/lib/engine/run-training';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import type { Length } from './peer';

/** What the child is told first; every later message asks for a measurement. */
export interface OwnJob extends Length {
  program: Program;
  threads: number;
  /** Op by op with TensorFlow.js' own kernels, as the library comes. */
  stock: boolean;
}

export type OwnAnswer = { ready: { device: string } } | { examplesPerSecond: number } | { failure: string };

let job: OwnJob | undefined;
let host: EngineHost | undefined;

async function open(given: OwnJob): Promise<OwnAnswer> {
  const { threads, stock } = given;
  job = given;
  host = await openNodeHost({ threads, stock, datasets: nodeDatasets() });
  return { ready: { device: `${host.engine}, ${host.device}` } };
}

/**
 * Trains as every run does (data, update, metrics, events) and takes the time from the end of the warm-up to the last
 * iteration, without opening data, first values and the sweeps at the end.
 */
async function measure(): Promise<OwnAnswer> {
  if (!job || !host) return { failure: 'asked before it was opened' };
  const { program, warmUp, iterations } = job;
  const total = warmUp + iterations;
  const metricsEvery = defaultMetricsEvery(total);
  const { batch = 1 } = program.symbols;
  let began: { iteration: number; at: number } | null = null;
  const items = runTraining({ ...program, run: { ...program.run, length: { iterations: total } } }, host, {
    kinds,
    seed: 1,
    metricsEvery,
    checkpointEvery: Number.MAX_SAFE_INTEGER,
  });
  for await (const item of items) {
    if (item.kind !== 'event' || item.event.type !== 'metrics') continue;
    const { iteration } = item.event;
    if (began === null && iteration + 1 >= warmUp) began = { iteration, at: host.now() };
    if (began === null || iteration + 1 < total - metricsEvery || iteration === began.iteration) continue;
    const seconds = (host.now() - began.at) / 1000;
    return { examplesPerSecond: ((iteration - began.iteration) * batch) / seconds };
  }
  return { failure: 'the run ended before it was measured' };
}

process.on('disconnect', () => process.exit(0));
process.on('message', (given: OwnJob | 'measure') => {
  (given === 'measure' ? measure() : open(given))
    .catch((error: unknown): OwnAnswer => ({ failure: error instanceof Error ? error.message : String(error) }))
    .then((answer) => process.send?.(answer));
});
