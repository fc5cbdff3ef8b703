import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandEvent } from '@/lib/engine/run-commands';
import type { RunCommand } from '@/lib/protocol/run-event';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { commandRun } from '@/server/domain/runs/command-run';
import { cancelRun, pauseRun, resumeRun } from '@/server/domain/runs/control-run';
import { runSettings } from '@/server/domain/runs/run-settings';
import { openCpuHost } from '@/server/engine/cpu-host';
import { collectRun, timeless } from '@/tests/helpers/collect-run';
import { mlpDocument, programOf, testCards } from '@/tests/helpers/programs';
import { until } from '@/tests/helpers/service';
import { type TestWorkers, testWorkers } from '@/tests/helpers/worker';

const document = () => mlpDocument('digits', 'image', [24, 10], { dropout: 0.2, epochs: 20 });

let workers: TestWorkers;
beforeAll(async () => {
  workers = await testWorkers();
});
afterAll(() => workers.stop());

const give = (runId: string, command: RunCommand) =>
  commandRun(workers.database.db, workers.queue, { runId, userId: 'u1', command });
const isPaused = (id: string) => until(async () => (await workers.run(id)).status === 'paused');
const reached = (id: string, iteration: number) =>
  until(async () => ((await workers.run(id)).progress?.iteration ?? 0) >= iteration);
const commandsIn = async (id: string) =>
  (await workers.events(id)).filter((event): event is CommandEvent => event.type === 'command');

async function step(id: string, update: string | null): Promise<void> {
  const { length } = await commandsIn(id);
  await give(id, { do: 'step', update });
  await until(async () => (await commandsIn(id)).length > length);
  await isPaused(id);
}

test('a paused run is stepped and changed, goes on, loses its process, and is what its log says', async () => {
  const { db } = workers.database;
  const id = await workers.start(document());
  await reached(id, 50);
  await pauseRun(db, id);
  await isPaused(id);
  const at = (await workers.checkpoint(id)).iteration;
  await step(id, null);
  expect((await workers.checkpoint(id)).iteration).toBe(at + 1);
  await step(id, 'adam');
  expect((await workers.checkpoint(id)).iteration).toBe(at + 2);
  await give(id, { do: 'set', path: 'adam', param: 'rate', value: 0.01 });
  const settings = await runSettings(db, testCards, id);
  expect(settings.numbers[0]).toMatchObject({ path: 'adam', param: 'rate', value: 0.01 });
  expect(settings.optimizers).toEqual([{ path: 'adam', name: 'adam' }]);
  await resumeRun(db, workers.queue, id);
  await reached(id, at + 100);
  // While it trains: shorter, and less dropout.
  await give(id, { do: 'length', length: { epochs: 15 } });
  await give(id, { do: 'set', path: 'drop', param: 'rate', value: 0.1 });
  await until(async () => (await commandsIn(id)).length === 5);
  workers.killChild();
  expect(await workers.ended(id)).toMatchObject({ status: 'succeeded', reason: null });

  const log = await commandsIn(id);
  expect(log.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
  expect(log.slice(0, 3).map(({ iteration }) => iteration - at)).toEqual([0, 1, 2]);
  const host = await openCpuHost(nodeDatasets());
  const again = await collectRun(programOf(document()), host, { seed: 5, log, metricsEvery: 1 });
  expect(again.last?.tensors).toEqual((await workers.checkpoint(id)).tensors);
  expect(again.events.map(timeless)).toEqual((await workers.events(id)).map(timeless));
});

test('what cannot be is refused with what there is', async () => {
  const { db } = workers.database;
  const id = await workers.start(document());
  await reached(id, 1);
  await expect(give(id, { do: 'step', update: null })).rejects.toThrow(/is running\. Pause it first/);
  const rate: RunCommand = { do: 'set', path: 'adam', param: 'rate', value: -1 };
  await expect(give(id, rate)).rejects.toThrow('Learning rate goes from 0 to 1000, not -1.');
  await expect(give(id, { ...rate, path: 'eve' })).rejects.toThrow(/no number rate of eve/);
  await pauseRun(db, id);
  await isPaused(id);
  await expect(give(id, { do: 'step', update: 'eve' })).rejects.toThrow(/no optimizer eve\. It has adam/);
  await cancelRun(db, id);
  await expect(give(id, { do: 'step', update: null })).rejects.toThrow(/has ended \(cancelled\)\. Branch off/);
});
