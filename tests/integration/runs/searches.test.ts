import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents } from '@/drizzle/schema/documents';
import { runs } from '@/drizzle/schema/runs';
import { slices } from '@/drizzle/schema/slices';
import { required } from '@/lib/base/invariant';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { createDocument } from '@/server/domain/documents/create-document';
import { cancelRun, pauseRun, removeRun, resumeRun } from '@/server/domain/runs/control-run';
import { listRuns } from '@/server/domain/runs/runs.queries';
import { openCpuHost } from '@/server/engine/cpu-host';
import { localFolder } from '@/server/storage/local-folder';
import { architectureSearch } from '@/tests/helpers/caller-documents';
import { collectRun, timeless } from '@/tests/helpers/collect-run';
import { programOf } from '@/tests/helpers/programs';
import { until } from '@/tests/helpers/service';
import { type TestWorkers, testWorkers } from '@/tests/helpers/worker';

const SEED = 7;

let workers: TestWorkers;
beforeAll(async () => {
  workers = await testWorkers();
});
afterAll(() => workers.stop());

const childrenOf = (id: string) =>
  workers.database.db.select().from(runs).where(eq(runs.searchId, id)).orderBy(asc(runs.number));

test('a search trains its networks through the queue, and learns what it would where it trains them itself', async () => {
  const { db } = workers.database;
  const id = await workers.start(architectureSearch(), { seed: SEED });
  const search = await workers.ended(id);
  expect(search).toMatchObject({ status: 'succeeded', reason: null });

  const children = await childrenOf(id);
  expect(children.length).toBeGreaterThan(2);
  expect(new Set(children.map(({ childKey }) => childKey)).size).toBe(children.length);
  expect(children.map(({ number }) => number)).toEqual(children.map((_, at) => at + 1));
  for (const child of children) {
    expect(child).toMatchObject({ status: 'succeeded', seed: SEED, threads: search.threads });
    expect(child.metrics['val.accuracy']).toBeGreaterThan(0);
    expect(child.document.params.units?.default).toBeOneOf([2, 4, 8]);
    const worked = await db.select().from(slices).where(eq(slices.runId, child.id));
    expect(worked.length).toBeGreaterThan(0);
  }
  const host = await openCpuHost(nodeDatasets());
  const inline = await collectRun(programOf(architectureSearch()), host, { seed: SEED });
  const events = await workers.events(id);
  const learned = (all: readonly unknown[]) => all.filter((event) => (event as { type: string }).type !== 'started');
  expect(learned(events.map(timeless))).toEqual(learned(inline.events.map(timeless)));

  // Each can be opened as a document, its choices as the defaults of its params.
  const [sample] = events.flatMap((event) => (event.type === 'sample' ? [event] : [])).reverse();
  if (sample?.value.sample !== 'population') throw new Error('a population was expected');
  expect(sample.value.children).toHaveLength(children.length);
  const { set } = required(sample.value.children[0], 'a child');
  const home = { workspaceId: search.workspaceId, userId: 'u1' };
  const opened = { ...home, from: { child: { run: id, sink: sample.sink, set } } };
  const made = await createDocument(db, { document: () => null }, opened);
  const [stored] = await db.select().from(documents).where(eq(documents.id, made));
  expect(stored?.snapshot?.params).toMatchObject({ units: { default: set.units }, rate: { default: set.rate } });
  const elsewhere = { ...home, from: { child: { run: id, sink: 'k', set } } };
  await expect(createDocument(db, { document: () => null }, elsewhere)).rejects.toMatchObject({ code: 'not-found' });

  // They are the search's, not the reader's: lists and numbers are as without them.
  const { workspaceId } = search;
  expect((await listRuns(db, { workspaceId }, 100)).map((run) => run.id)).toEqual([id]);
  const next = await workers.start(architectureSearch(1), { enqueue: false });
  expect((await workers.run(next)).number).toBe(search.number + 1);
  await cancelRun(db, next);
});

test('a search whose children’s process is killed goes on', async () => {
  const document = architectureSearch(400);
  Object.assign(required(document.graph.nodes.T, 'training').params, { iterations: 1 });
  const id = await workers.start(document, { seed: SEED });
  await until(async () =>
    (await childrenOf(id)).some(({ status, progress }) => status === 'running' && (progress?.iteration ?? 0) > 0),
  );
  workers.killChild();
  expect(await workers.ended(id)).toMatchObject({ status: 'succeeded' });
  const worked = await workers.database.db
    .select({ outcome: slices.outcome })
    .from(slices)
    .innerJoin(runs, eq(runs.id, slices.runId))
    .where(eq(runs.searchId, id));
  expect(worked.map(({ outcome }) => outcome)).toContain('lost');
});

test('what is wanted of a search is wanted of its children', async () => {
  const { db } = workers.database;
  const id = await workers.start(architectureSearch(1_000_000), { seed: SEED });
  const states = async () => (await childrenOf(id)).map(({ status }) => status);
  await until(async () => (await states()).includes('running'));
  expect(await workers.run(id)).toMatchObject({
    status: 'queued',
    reason: expect.stringContaining('have been trained'),
  });

  await pauseRun(db, id);
  await until(async () => (await states()).every((status) => status === 'paused'));
  expect((await workers.run(id)).status).toBe('paused');

  await resumeRun(db, workers.queue, id);
  await until(async () => (await states()).includes('running'));
  await cancelRun(db, id);
  await until(async () => (await states()).every((status) => status === 'cancelled'));
  expect((await workers.run(id)).status).toBe('cancelled');

  await removeRun(db, localFolder(workers.home), id);
  expect(await childrenOf(id)).toEqual([]);
});
