import { afterAll, beforeAll, expect, test } from 'vitest';
import { runEvents } from '@/drizzle/schema/run-events';
import type { RunEvent } from '@/lib/protocol/run-event';
import { notifyRun } from '@/server/events/notify';
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
  const subscription = visitor.client.runs.watch.subscribe(
    { id: runId },
    {
      onData({ data }) {
        if (data.kind === 'events') seen.push(...data.events.map(({ seq }) => seq));
        else states.push(data.run.status);
      },
      onError: (error) => states.push(`error: ${error.message}`),
    },
  );
  return { seen, states, stop: () => subscription.unsubscribe() };
}

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
