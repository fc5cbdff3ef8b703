import { afterAll, beforeAll, expect, test } from 'vitest';
import { runEvents } from '@/drizzle/schema/run-events';
import type { RunEvent, RunProgress } from '@/lib/protocol/run-event';
import type { RunSummary } from '@/lib/protocol/service';
import { notifyRun } from '@/server/events/notify';
import { StaleClaim, writeBatch } from '@/server/jobs/write-slice';
import { homeOf, type TestService, testService, until, type Visitor } from '@/tests/helpers/service';

let service: TestService;
let owner: Visitor;
let workspaceId: string;
beforeAll(async () => {
  service = await testService();
  owner = await service.guest();
  workspaceId = await homeOf(owner);
});
afterAll(() => service.stop());

async function startedRun(): Promise<string> {
  const { id } = await owner.client.documents.create.mutate({ workspaceId, from: { gallery: 'will-i-pass' } });
  const started = await owner.client.runs.start.mutate({ documentId: id, preset: 'quick', seed: 3 });
  if (!('runId' in started)) throw new Error(JSON.stringify(started.diagnostics));
  return started.runId;
}

const metrics = (iteration: number): RunEvent => ({
  type: 'metrics',
  iteration,
  epoch: 0,
  values: { 'train.loss': 1 / (iteration + 1) },
});

/** As a worker appends: rows, then the notification, in one transaction. */
async function append(runId: string, from: number, to: number): Promise<void> {
  await service.web.services.database.db.transaction(async (tx) => {
    const rows = Array.from({ length: to - from }, (_, index) => ({
      runId,
      seq: from + index,
      type: 'metrics' as const,
      event: metrics(from + index),
    }));
    await tx.insert(runEvents).values(rows).onConflictDoNothing();
    await notifyRun(tx, runId, 'events');
  });
}

function watch(visitor: Visitor, runId: string) {
  const seen: number[] = [];
  const states: string[] = [];
  const watching = {
    seen,
    states,
    /** Of the state as it is known from what was told. */
    now: null as Pick<RunSummary, 'progress' | 'metrics'> | null,
    stop: () => subscription.unsubscribe(),
  };
  const subscription = visitor.client.runs.watch.subscribe(
    { id: runId },
    {
      onData({ data }) {
        if (data.kind === 'events') {
          seen.push(...data.events.map(({ seq }) => seq));
          watching.now = data.now ?? watching.now;
        } else {
          states.push(data.run.status);
          watching.now = { progress: data.run.progress, metrics: data.run.metrics };
        }
      },
      onError: (error) => states.push(`error: ${error.message}`),
    },
  );
  return watching;
}

const progressAt = (iteration: number): RunProgress => ({
  iteration,
  epoch: 0,
  iterations: 1_000,
  examplesSeen: iteration * 64,
  examplesPerSecond: 640,
  secondsLeft: 1,
  stepMilliseconds: 100,
  memoryBytes: null,
  device: 'CPU',
});

const upTo = (count: number) => Array.from({ length: count }, (_, seq) => seq);

test('starting queues the run, with the document and program of that moment', async () => {
  const runId = await startedRun();
  expect(service.queued).toContain(runId);
  expect(await owner.client.runs.get.query({ id: runId })).toMatchObject({
    number: 1,
    title: 'Run 1',
    preset: 'quick',
    seed: 3,
    status: 'queued',
  });
});

test('a document that cannot train answers diagnostics and queues nothing', async () => {
  const { id } = await owner.client.documents.create.mutate({ workspaceId, from: { empty: 'Nothing in it' } });
  const before = service.queued.length;
  const answer = await owner.client.runs.start.mutate({ documentId: id });
  expect(answer).toHaveProperty('diagnostics');
  expect(service.queued).toHaveLength(before);
  const preset = await owner.client.runs.start.mutate({ documentId: id, preset: 'no-such' });
  expect(preset).toMatchObject({ diagnostics: [{ severity: 'error', message: expect.stringContaining('no-such') }] });
});

test('late joiners get the whole log, then its tail, in order', async () => {
  const runId = await startedRun();
  await append(runId, 0, 700);
  const late = watch(owner, runId);
  await until(() => late.seen.length >= 700);
  await append(runId, 700, 710);
  await until(() => late.seen.length >= 710);
  expect(late.seen).toEqual(upTo(710));
  expect(late.states[0]).toBe('queued');
  late.stop();
});

test('a cut connection leaves no gap and doubles nothing', async () => {
  const runId = await startedRun();
  const cut = await service.member(workspaceId, 'viewer');
  const watching = watch(cut, runId);
  await append(runId, 0, 20);
  await until(() => watching.seen.length >= 20);
  for (let round = 1; round <= 3; round++) {
    cut.socket()?.terminate();
    await append(runId, round * 20, round * 20 + 20);
    // The same rows again, as a slice writes that starts again from its checkpoint.
    await append(runId, round * 20 - 10, round * 20 + 20);
    await until(() => watching.seen.length >= round * 20 + 20);
  }
  expect(watching.seen).toEqual(upTo(80));
  watching.stop();
});

test('events that come out of order wait for those before them', async () => {
  const runId = await startedRun();
  const watching = watch(owner, runId);
  await until(() => watching.states.length > 0);
  await append(runId, 3, 6);
  await append(runId, 0, 3);
  await until(() => watching.seen.length >= 6);
  expect(watching.seen).toEqual(upTo(6));
  watching.stop();
});

test('what a slice writes is told as it was written, with the state that it leaves; what is long is read', async () => {
  const runId = await startedRun();
  const { db } = service.web.services.database;
  const watching = watch(owner, runId);
  await until(() => watching.states.length > 0);
  const claim = { runId, fence: 0, threads: 1 };
  const write = (from: number, to: number, progress: RunProgress | null = null) =>
    writeBatch(db, claim, {
      events: upTo(to)
        .map((seq) => ({ seq, event: metrics(seq) }))
        .slice(from),
      progress,
      checkpoints: [],
    });
  await write(0, 5, progressAt(5));
  await until(() => watching.seen.length >= 5);
  expect(watching.now).toEqual({ progress: progressAt(5), metrics: { 'train.loss': 1 / 5 } });
  // More than a notification holds, then a stretch that is repeated from a checkpoint.
  await write(5, 200);
  await write(190, 205, progressAt(205));
  await write(205, 206);
  await until(() => watching.seen.length >= 206 && watching.now?.metrics['train.loss'] === 1 / 206);
  expect(watching.seen).toEqual(upTo(206));
  expect(watching.now?.progress).toEqual(progressAt(205));
  expect(await owner.client.runs.get.query({ id: runId })).toMatchObject({ ...watching.now });
  // Nothing of a slice that has lost the run is told.
  await expect(
    writeBatch(db, { ...claim, fence: 9 }, { events: [], progress: progressAt(9), checkpoints: [] }),
  ).rejects.toThrow(StaleClaim);
  await write(206, 207);
  await until(() => watching.seen.length >= 207);
  expect(watching.now?.progress).toEqual(progressAt(205));
  watching.stop();
});

test('pause, resume and cancel show at once while nobody trains the run yet', async () => {
  const runId = await startedRun();
  const watching = watch(owner, runId);
  await until(() => watching.states.includes('queued'));
  expect((await owner.client.runs.pause.mutate({ id: runId })).status).toBe('paused');
  await until(() => watching.states.includes('paused'));
  const before = service.queued.filter((id) => id === runId).length;
  expect((await owner.client.runs.resume.mutate({ id: runId })).status).toBe('queued');
  expect(service.queued.filter((id) => id === runId)).toHaveLength(before + 1);
  expect((await owner.client.runs.cancel.mutate({ id: runId })).status).toBe('cancelled');
  await until(() => watching.states.includes('cancelled'));
  await expect(owner.client.runs.resume.mutate({ id: runId })).rejects.toMatchObject({ data: { code: 'CONFLICT' } });
  watching.stop();
  await owner.client.runs.remove.mutate({ id: runId });
  await expect(owner.client.runs.get.query({ id: runId })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } });
});
