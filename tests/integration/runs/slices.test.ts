import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runs } from '@/drizzle/schema/runs';
import { slices } from '@/drizzle/schema/slices';
import type { RunEvent } from '@/lib/protocol/run-event';
import { cancelRun, pauseRun, resumeRun } from '@/server/domain/runs/control-run';
import { timeless } from '@/tests/helpers/collect-run';
import { mlpDocument } from '@/tests/helpers/programs';
import { until } from '@/tests/helpers/service';
import { type TestWorkers, testWorkers } from '@/tests/helpers/worker';

/** Some seconds of training on the JavaScript engine, with dropout, so that every random number counts. */
const document = () => mlpDocument('digits', 'image', [24, 10], { dropout: 0.2, epochs: 20, sample: { every: 100 } });
const short = () => mlpDocument('digits', 'image', [8, 10], { epochs: 2 });

/** What a run that nobody disturbed leaves behind. */
let whole: { events: unknown[]; tensors: unknown };
let workers: TestWorkers;
beforeAll(async () => {
  workers = await testWorkers();
  const id = await workers.start(document());
  expect(await workers.ended(id)).toMatchObject({ status: 'succeeded', reason: null });
  whole = await traceOf(id);
});
afterAll(() => workers.stop());

async function traceOf(id: string) {
  return { events: (await workers.events(id)).map(timeless), tensors: (await workers.checkpoint(id)).tensors };
}

const reached = (id: string, iteration: number) =>
  until(async () => ((await workers.run(id)).progress?.iteration ?? 0) >= iteration);

const outcomes = async (id: string) =>
  (await workers.database.db.select().from(slices).where(eq(slices.runId, id)).orderBy(slices.fence)).map(
    ({ outcome }) => outcome,
  );

test('a run goes from the queue to its end', async () => {
  const id = await workers.start(short());
  const run = await workers.ended(id);
  expect(run.status).toBe('succeeded');
  expect(run.metrics['test.accuracy']).toBeGreaterThan(0.2);
  const events = await workers.events(id);
  expect(events.map(({ type }) => type).filter((type) => type !== 'metrics')).toEqual([
    'started',
    'sweep',
    'sweep',
    'checkpoint',
    'sweep',
    'sweep',
    'sweep',
    'checkpoint',
    'finished',
  ]);
  await until(async () => (await outcomes(id))[0] === 'finished');
});

describe('pause, resume and cancel', () => {
  test('a paused run goes on exactly where it was', async () => {
    const { db } = workers.database;
    const id = await workers.start(document());
    await reached(id, 100);
    await pauseRun(db, id);
    await until(async () => (await workers.run(id)).status === 'paused');
    const { length } = await workers.events(id);
    await resumeRun(db, workers.queue, id);
    expect(await workers.ended(id)).toMatchObject({ status: 'succeeded', reason: null });
    expect(length).toBeLessThan(whole.events.length);
    expect(await traceOf(id)).toEqual(whole);
    await until(async () => (await outcomes(id)).join() === 'paused,finished');
  });

  test('a cancelled run ends at once, and keeps what it has', async () => {
    const id = await workers.start(document());
    await reached(id, 50);
    await cancelRun(workers.database.db, id);
    expect((await workers.ended(id)).status).toBe('cancelled');
    const last = (await workers.events(id)).at(-1) as Extract<RunEvent, { type: 'finished' }>;
    expect(last).toMatchObject({ type: 'finished', status: 'cancelled' });
    expect((await workers.checkpoint(id)).iteration).toBeGreaterThanOrEqual(50);
  });

  test('a run that is paused before it begins waits until it is resumed', async () => {
    const { db } = workers.database;
    const id = await workers.start(short(), { enqueue: false });
    await pauseRun(db, id);
    await workers.queue.enqueue(id);
    expect((await workers.run(id)).status).toBe('paused');
    await resumeRun(db, workers.queue, id);
    expect(await workers.ended(id)).toMatchObject({ status: 'succeeded', reason: null });
  });
});

describe('when processes end', () => {
  test('a training child is killed: the spare one goes on at once, and the run ends as if nothing had been', async () => {
    // Beside a run that takes a while, a second child is loaded; both stay.
    const first = await workers.start(document());
    await reached(first, 1);
    await until(() => workers.spares() > 0);
    await cancelRun(workers.database.db, first);
    await until(() => workers.spares() === 2);
    const id = await workers.start(document());
    await reached(id, 250);
    const { slices: before } = await workers.run(id);
    workers.killChild();
    await until(async () => (await workers.run(id)).slices > before);
    const { length } = await workers.events(id);
    await until(async () => (await workers.events(id)).length > length);
    expect(await workers.ended(id)).toMatchObject({ status: 'succeeded', reason: null });
    expect(await traceOf(id)).toEqual(whole);
    await until(async () => (await outcomes(id)).join() === 'lost,finished');
  });

  test('the worker is killed: another takes over, and the run ends as if nothing had been', async () => {
    const id = await workers.start(document());
    await reached(id, 250);
    process.kill(workers.worker.pid() as number, 'SIGKILL');
    await until(async () => (await workers.run(id)).slices > 1);
    expect(await workers.ended(id)).toMatchObject({ status: 'succeeded', reason: null });
    expect(await traceOf(id)).toEqual(whole);
  });

  test('the worker is asked to stop: it hands its run over, with nothing repeated', async () => {
    const id = await workers.start(document());
    await reached(id, 100);
    process.kill(workers.worker.pid() as number, 'SIGTERM');
    await until(async () => (await outcomes(id))[0] !== null);
    expect(await workers.ended(id)).toMatchObject({ status: 'succeeded', reason: null });
    expect(await traceOf(id)).toEqual(whole);
    await until(async () => (await outcomes(id)).join() === 'yielded,finished');
  });

  test('children are lost again and again without progress: the run fails and says why', async () => {
    const { db } = workers.database;
    const id = await workers.start(document());
    await reached(id, 20);
    // A stored checkpoint would clear the count: the last failure comes right after it was set.
    await db.update(runs).set({ failures: 4 }).where(eq(runs.id, id));
    workers.killChild();
    const run = await workers.ended(id);
    expect(run.status).toBe('failed');
    expect(run.reason).toMatch(/ended 5 times in a row/);
    expect((await workers.events(id)).at(-1)).toMatchObject({ type: 'finished', status: 'failed' });
  });
});

test('a checkpoint that cannot be stored pauses the run, which goes on once there is room', async () => {
  const blobs = join(workers.home, 'blobs');
  renameSync(blobs, `${blobs}-away`);
  writeFileSync(blobs, 'in the way of the folder');
  const id = await workers.start(short());
  await until(async () => (await workers.run(id)).status === 'paused');
  expect((await workers.run(id)).reason).toMatch(/checkpoint could not be stored/);
  rmSync(blobs);
  renameSync(`${blobs}-away`, blobs);
  await resumeRun(workers.database.db, workers.queue, id);
  expect(await workers.ended(id)).toMatchObject({ status: 'succeeded', reason: null });
  await workers.events(id);
});

test('a slice that has lost its run can write nothing', async () => {
  const { writeBatch, StaleClaim } = await import('@/server/jobs/write-slice');
  const { db } = workers.database;
  const id = await workers.start(short());
  const run = await workers.ended(id);
  const before = await workers.events(id);
  const event: RunEvent = { type: 'metrics', iteration: 1, epoch: 0, values: {} };
  const stale = { runId: id, fence: run.fence - 1, threads: 1 };
  await expect(
    writeBatch(db, stale, { events: [{ seq: before.length, event }], progress: null, checkpoints: [] }),
  ).rejects.toThrow(StaleClaim);
  expect(await workers.events(id)).toEqual(before);
});

test('workspaces take turns: one with many runs does not hold up the others', async () => {
  const many: string[] = [];
  for (const seed of [1, 2, 3]) many.push(await workers.start(short(), { seed, workspace: 'busy', enqueue: false }));
  const one = await workers.start(short(), { workspace: 'quiet', enqueue: false });
  for (const id of [...many, one]) await workers.queue.enqueue(id);
  for (const id of [...many, one]) expect(await workers.ended(id)).toMatchObject({ status: 'succeeded', reason: null });
  const started = async (id: string) => (await workers.run(id)).startedAt?.getTime() ?? 0;
  const earlier = await Promise.all(many.map(async (id) => (await started(id)) < (await started(one))));
  expect(earlier.filter(Boolean).length).toBeLessThanOrEqual(1);
});
