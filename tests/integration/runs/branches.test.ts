import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkpoints } from '@/drizzle/schema/checkpoints';
import type { RunCommand, RunEvent } from '@/lib/protocol/run-event';
import type { LiveDocuments } from '@/server/domain/documents/live-documents';
import { type BranchRun, branchRun } from '@/server/domain/runs/branch-run';
import { commandRun } from '@/server/domain/runs/command-run';
import { removeRun } from '@/server/domain/runs/control-run';
import { exportRun } from '@/server/domain/runs/export-run';
import { nameCheckpoint } from '@/server/domain/runs/name-checkpoint';
import { runSettings } from '@/server/domain/runs/run-settings';
import { getRun } from '@/server/domain/runs/runs.queries';
import { pruneCheckpoints } from '@/server/jobs/prune-checkpoints';
import { localFolder } from '@/server/storage/local-folder';
import { mlpDocument, testCards } from '@/tests/helpers/programs';
import { type TestWorkers, testWorkers } from '@/tests/helpers/worker';

const document = (units = 12) => mlpDocument('digits', 'image', [units, 10], { dropout: 0.2, epochs: 4, batch: 100 });

let workers: TestWorkers;
let parent: string;
beforeAll(async () => {
  workers = await testWorkers();
  parent = await workers.start(document());
  expect((await workers.ended(parent)).status).toBe('succeeded');
});
afterAll(() => workers.stop());

async function branch(asked: Partial<BranchRun>, now = document()): Promise<string> {
  const { db } = workers.database;
  const live = { read: async () => now } as unknown as LiveDocuments;
  const blobs = localFolder(join(workers.home, 'blobs'));
  const made = await branchRun(
    { db, live, blobs, queue: workers.queue, builtIn: () => testCards },
    { runId: parent, userId: 'u1', document: 'run', numbers: [], ...asked },
  );
  if (!('runId' in made)) throw new Error(made.diagnostics.map(({ message }) => message).join(' '));
  return made.runId;
}

const metricsFrom = (events: RunEvent[], iteration: number) =>
  events.filter((event) => event.type === 'metrics' && event.iteration >= iteration);

test('what may be set of a run', async () => {
  const settings = await runSettings(workers.database.db, testCards, parent);
  expect(settings).toMatchObject({ length: { epochs: 4 }, iterationsPerEpoch: 15 });
  expect(settings.checkpoints.map(({ iteration }) => iteration)).toEqual([15, 30, 45, 60]);
  expect(settings.numbers[0]).toMatchObject({ path: 'adam', param: 'rate', value: 0.001, essential: true });
  expect(settings.numbers.some(({ path, param }) => path === 'drop' && param === 'rate')).toBe(true);
});

test('unchanged, a branch repeats the rest of its run, with the same weights at the end', async () => {
  const id = await branch({ iteration: 30 });
  expect(await workers.ended(id)).toMatchObject({ status: 'succeeded', reason: null, seed: 5 });
  expect((await workers.checkpoint(id)).tensors).toEqual((await workers.checkpoint(parent)).tensors);
  expect(metricsFrom(await workers.events(id), 0)).toEqual(metricsFrom(await workers.events(parent), 30));
});

test('with another rate and length it goes its own way, and says where it comes from', async () => {
  const id = await branch({
    iteration: 15,
    numbers: [{ path: 'adam', param: 'rate', value: 0.01 }],
    length: { epochs: 2 },
  });
  const run = await workers.ended(id);
  expect(run).toMatchObject({ status: 'succeeded', reason: null, parentId: parent });
  expect(run.document.graph.nodes.adam?.params.rate).toBe(0.01);
  const events = await workers.events(id);
  expect(events[1]).toMatchObject({
    type: 'branched',
    run: parent,
    from: 15,
    variables: { matched: ['dense0/kernel', 'dense0/bias', 'dense1/kernel', 'dense1/bias'], fresh: [], dropped: [] },
  });
  expect(metricsFrom(events, 0).map((event) => 'iteration' in event && event.iteration)[0]).toBe(15);
  expect(events.at(-1)).toMatchObject({ type: 'finished', iteration: 29, branch: { run: parent, from: 15 } });
  const first = await workers.run(parent);
  expect((await getRun(workers.database.db, id)).parent).toEqual({ id: parent, number: first.number, iteration: 15 });
});

test('what was set while the parent trained goes on in its branch, as long as nobody says otherwise', async () => {
  const { db } = workers.database;
  const first = await workers.start(document(), { enqueue: false });
  const rate: RunCommand = { do: 'set', path: 'adam', param: 'rate', value: 0.02 };
  await commandRun(db, workers.queue, { runId: first, userId: 'u1', command: rate });
  await workers.queue.enqueue(first);
  expect((await workers.ended(first)).status).toBe('succeeded');
  const id = await branch({ runId: first, iteration: 30 });
  expect((await workers.run(id)).document.graph.nodes.adam?.params.rate).toBe(0.02);
  expect((await workers.ended(id)).status).toBe('succeeded');
  // The numbers are the same, although they come from the document now.
  expect((await workers.checkpoint(id)).tensors).toEqual((await workers.checkpoint(first)).tensors);
  const other = await branch({ runId: first, iteration: 30, numbers: [{ path: 'adam', param: 'rate', value: 0.005 }] });
  expect((await workers.run(other)).document.graph.nodes.adam?.params.rate).toBe(0.005);
});

test('of the document as it is now: what fits is taken over', async () => {
  const id = await branch({ document: 'now', length: { epochs: 5 } }, document(14));
  expect((await workers.ended(id)).status).toBe('succeeded');
  expect((await workers.events(id))[1]).toMatchObject({
    from: 60,
    variables: { matched: ['dense1/bias'], fresh: ['dense0/kernel', 'dense0/bias', 'dense1/kernel'] },
  });
});

test('within a long epoch some checkpoints stay, to branch off at', async () => {
  const id = await workers.start(mlpDocument('digits', 'image', [4, 10], { epochs: 1, batch: 2 }));
  expect((await workers.ended(id)).status).toBe('succeeded');
  const { db } = workers.database;
  await pruneCheckpoints(db, localFolder(join(workers.home, 'blobs')), id);
  const { checkpoints } = await runSettings(db, testCards, id);
  const { iterations = 0 } = (await workers.run(id)).progress ?? {};
  expect(checkpoints.map(({ iteration }) => iteration)).toEqual([200, 400, 600, iterations]);
});

test('a checkpoint that somebody named stays, is told by its name, and can be exported', async () => {
  const id = await workers.start(mlpDocument('digits', 'image', [4, 10], { epochs: 1, batch: 2 }));
  expect((await workers.ended(id)).status).toBe('succeeded');
  const { db } = workers.database;
  const blobs = localFolder(join(workers.home, 'blobs'));
  const kept = async () => (await runSettings(db, testCards, id)).checkpoints;
  const doomed = 300;
  await insertCheckpointLike(id, 200, doomed);
  await nameCheckpoint(db, { runId: id, iteration: doomed, name: 'Before the drop' });
  await pruneCheckpoints(db, blobs, id);
  expect((await kept()).find(({ iteration }) => iteration === doomed)).toMatchObject({ name: 'Before the drop' });
  const exported = (iteration?: number) =>
    exportRun({ db, blobs, builtIn: () => testCards, tfjsBundle: '' }, { runId: id, format: 'safetensors', iteration });
  const [then, now] = [await exported(doomed), await exported()];
  if (!('bytes' in then) || !('bytes' in now)) throw new Error('refused');
  expect(then.bytes).not.toEqual(now.bytes);
  await expect(exported(301)).rejects.toThrow(/no checkpoint at iteration 301/);
  await nameCheckpoint(db, { runId: id, iteration: doomed, name: null });
  await pruneCheckpoints(db, blobs, id);
  expect((await kept()).some(({ iteration }) => iteration === doomed)).toBe(false);
  await expect(nameCheckpoint(db, { runId: id, iteration: doomed, name: 'gone' })).rejects.toThrow(/is gone/);
});

/** One more checkpoint, with the weights of another. */
async function insertCheckpointLike(runId: string, iteration: number, at: number): Promise<void> {
  const { db } = workers.database;
  const blobs = localFolder(join(workers.home, 'blobs'));
  const [row] = await db
    .select()
    .from(checkpoints)
    .where(and(eq(checkpoints.runId, runId), eq(checkpoints.iteration, iteration)));
  if (!row) throw new Error(`no checkpoint ${iteration}`);
  const ref = `${row.ref}-copy`;
  await blobs.put(ref, (await blobs.open(row.ref)).stream);
  await db.insert(checkpoints).values({ ...row, iteration: at, ref });
}

test('what cannot be is refused with what there is', async () => {
  await expect(branch({ iteration: 20 })).rejects.toThrow(/no checkpoint at iteration 20.*15, 30, 45, 60/);
  await expect(branch({})).rejects.toThrow(/at iteration 60, but this training ends after 60/);
  const units = { path: 'dense0', param: 'units', value: 5 };
  await expect(branch({ numbers: [units] })).rejects.toThrow(/no number units of dense0 that may change/);
});

test('a branch trains although its parent is removed before it begins', async () => {
  const doomed = await workers.start(document());
  await workers.ended(doomed);
  const id = await branch({ runId: doomed, length: { epochs: 5 } });
  await removeRun(workers.database.db, localFolder(join(workers.home, 'blobs')), doomed);
  expect(await workers.ended(id)).toMatchObject({ status: 'succeeded', parentId: null });
  expect((await getRun(workers.database.db, id)).parent).toMatchObject({ id: null, iteration: 60 });
});
