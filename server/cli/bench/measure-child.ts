import { defaultMetricsEvery } from '@/lib/engine/calendar';
import { runTraining } from '@/lib/engine/run-training';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import type { Measured, MeasureJob } from './measure-ours';

/**
 * Trains as every run does (data, update, metrics, events) and takes the time from the end of the warm-up to the last
 * iteration, without opening data, first values and the sweeps at the end.
 */
async function measure({ program, threads, warmUp, iterations }: MeasureJob): Promise<Measured> {
  const host = await openNodeHost({ threads, datasets: nodeDatasets() });
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
    const examplesPerSecond = ((iteration - began.iteration) * batch) / seconds;
    return { examplesPerSecond, engine: host.engine, device: host.device };
  }
  return { failure: 'the run ended before it was measured' };
}

process.on('message', (job: MeasureJob) => {
  measure(job)
    .catch((error: unknown): Measured => ({ failure: error instanceof Error ? error.message : String(error) }))
    .then((measured) => process.send?.(measured, () => process.exit(0)));
});
