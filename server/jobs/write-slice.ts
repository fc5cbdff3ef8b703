import { and, eq, isNull, sql } from 'drizzle-orm';
import { checkpoints } from '@/drizzle/schema/checkpoints';
import { runEvents } from '@/drizzle/schema/run-events';
import { type RunWants, runs } from '@/drizzle/schema/runs';
import { type SliceOutcome, slices } from '@/drizzle/schema/slices';
import { latestMetrics } from '@/lib/protocol/latest-metrics';
import type { LoggedEvent, RunProgress, RunStatus } from '@/lib/protocol/run-event';
import { type Db, type Queryable, rowsOf } from '@/server/db/database';
import { RUN_CHANNEL } from '@/server/events/channels';
import { notifyRun } from '@/server/events/notify';
import { payloadOf, slicePayload } from '@/server/events/run-payload';
import type { Claim } from './claim-slice';

/** A checkpoint whose blob is whole. */
export interface StoredCheckpoint {
  iteration: number;
  seq: number;
  /** Key in the blob store. */
  ref: string;
  best: boolean;
  bytes: number;
}

/** What a slice has to say since the last batch, in order. */
export interface Batch {
  events: LoggedEvent[];
  progress: RunProgress | null;
  checkpoints: StoredCheckpoint[];
}

/** The claim was lost: another slice has the run. Whoever gets this must stop. */
export class StaleClaim extends Error {
  override name = 'StaleClaim';
}

export interface Written {
  wants: RunWants;
  /** Blobs that this batch's checkpoints replace. */
  replaced: string[];
}

/**
 * Writes a batch as one: nothing of a stale slice gets in between. Events that are there already are left as they are.
 * Throws `StaleClaim`.
 */
export async function writeBatch(db: Db, claim: Claim, batch: Batch): Promise<Written> {
  if (batch.checkpoints.length === 0) return { wants: await writeNews(db, claim, batch), replaced: [] };
  return await db.transaction(async (tx) => {
    const wants = await writeNews(tx, claim, batch);
    const replaced: string[] = [];
    for (const stored of batch.checkpoints) {
      const [before] = await tx
        .select({ ref: checkpoints.ref })
        .from(checkpoints)
        .where(and(eq(checkpoints.runId, claim.runId), eq(checkpoints.iteration, stored.iteration)));
      if (before && before.ref !== stored.ref) replaced.push(before.ref);
      const values = { runId: claim.runId, ...stored };
      await tx
        .insert(checkpoints)
        .values(values)
        .onConflictDoUpdate({ target: [checkpoints.runId, checkpoints.iteration], set: stored });
    }
    return { wants, replaced };
  });
}

/**
 * State and events in one statement, since it is what a training run does all the time: it checks the fencing token and
 * locks the run's row, and only with that row come the events and the word to those who watch. What is short goes with
 * that word, so that nobody has to read it again.
 */
async function writeNews(
  db: Queryable,
  claim: Claim,
  { events, progress, checkpoints: stored }: Batch,
): Promise<RunWants> {
  const finished = events.find(({ event }) => event.type === 'finished')?.event;
  const status = finished?.type === 'finished' ? finished.status : null;
  const rows = JSON.stringify(events);
  const whole = status === null ? slicePayload(claim.runId, rows, progress) : null;
  const words = [
    ...(events.length > 0 ? [payloadOf(claim.runId, 'events')] : []),
    ...(progress || status ? [payloadOf(claim.runId, 'state')] : []),
  ];
  const [row] = await newsStatement(db).execute({
    run: claim.runId,
    fence: claim.fence,
    progress: progress && JSON.stringify(progress),
    status,
    reason: status && reasonOf(events),
    stored: stored.length > 0,
    metrics: JSON.stringify(latestMetrics(events)),
    events: rows,
    news: JSON.stringify(whole === null ? words : [whole]),
  });
  if (!row) throw new StaleClaim(`run ${claim.runId}, token ${claim.fence}`);
  return row.wants;
}

/** Prepared once for each connection: planning takes PostgreSQL longer than doing it. */
const statements = new WeakMap<Queryable, ReturnType<typeof prepareNews>>();

function newsStatement(db: Queryable): ReturnType<typeof prepareNews> {
  const known = statements.get(db) ?? prepareNews(db);
  statements.set(db, known);
  return known;
}

/** Of `news`, a JSON list, each goes to those who watch. */
function prepareNews(db: Queryable) {
  const given = sql.placeholder;
  const run = db.$with('run').as(
    db
      .update(runs)
      .set({
        progress: sql`coalesce(${given('progress')}::jsonb, ${runs.progress})`,
        status: sql`coalesce(${given('status')}::text, ${runs.status})`,
        finishedAt: sql`case when ${given('status')}::text is null then ${runs.finishedAt} else now() end`,
        reason: sql`case when ${given('status')}::text is null then ${runs.reason} else ${given('reason')}::text end`,
        failures: sql`case when ${given('stored')}::boolean then 0 else ${runs.failures} end`,
        metrics: sql`${runs.metrics} || ${given('metrics')}::jsonb`,
        updatedAt: sql`now()`,
      })
      .where(and(eq(runs.id, given('run')), eq(runs.fence, given('fence'))))
      .returning({ wants: runs.wants }),
  );
  const log = db.$with('log').as(
    db
      .insert(runEvents)
      .select(sql`
        select ${given('run')}, (one->>'seq')::integer, one->'event'->>'type', one->'event'
        from ${run}, json_array_elements(${given('events')}::json) one`)
      .onConflictDoNothing()
      .returning({ seq: runEvents.seq }),
  );
  return db
    .with(run, log)
    .select({
      wants: run.wants,
      told: sql`(select count(pg_notify(${RUN_CHANNEL}, one)) from json_array_elements_text(${given('news')}::json) one)`,
    })
    .from(run)
    .prepare('write_news');
}

/** The last warning or error is why a run did not succeed. */
function reasonOf(events: LoggedEvent[]): string | null {
  const finished = events.find(({ event }) => event.type === 'finished')?.event;
  if (finished?.type === 'finished' && finished.status === 'succeeded') return null;
  const said = events.findLast(({ event }) => event.type === 'message' && event.level === 'error')?.event;
  return said?.type === 'message' ? said.text : null;
}

/**
 * Ends a slice. Unless the run itself has ended: `paused` holds only if a pause is still wanted, else the run waits for
 * its next slice. Answers whether it waits. Throws `StaleClaim`.
 */
export async function endSlice(db: Db, claim: Claim, outcome: SliceOutcome): Promise<boolean> {
  return await db.transaction(async (tx) => {
    const [row] = await tx
      .select({ status: runs.status, wants: runs.wants })
      .from(runs)
      .where(and(eq(runs.id, claim.runId), eq(runs.fence, claim.fence)))
      .for('update');
    if (!row) throw new StaleClaim(`run ${claim.runId}, token ${claim.fence}`);
    await tx
      .update(slices)
      .set({ endedAt: sql`now()`, outcome })
      .where(and(eq(slices.runId, claim.runId), eq(slices.fence, claim.fence), isNull(slices.endedAt)));
    if (row.status !== 'running' && row.status !== 'pausing') return false;
    const status: RunStatus = row.wants === 'pause' ? 'paused' : 'queued';
    await tx.update(runs).set({ status, updatedAt: sql`now()` }).where(eq(runs.id, claim.runId));
    await notifyRun(tx, claim.runId, 'state');
    return status === 'queued';
  });
}

/** Pauses a run that cannot go on until somebody has done something, and says what. Throws `StaleClaim`. */
export async function holdRun(db: Db, claim: Claim, reason: string): Promise<void> {
  await db.transaction(async (tx) => {
    const rows = await tx
      .update(runs)
      .set({ status: 'paused', wants: 'pause', reason, updatedAt: sql`now()` })
      .where(and(eq(runs.id, claim.runId), eq(runs.fence, claim.fence)))
      .returning({ id: runs.id });
    if (rows.length === 0) throw new StaleClaim(`run ${claim.runId}, token ${claim.fence}`);
    await tx
      .update(slices)
      .set({ endedAt: sql`now()`, outcome: 'failed' })
      .where(and(eq(slices.runId, claim.runId), isNull(slices.endedAt)));
    await notifyRun(tx, claim.runId, 'state');
  });
}

/**
 * Ends a run that no slice can finish, with the last event of its log: it failed for a reason that a repetition would not
 * change, or it was cancelled while its process did not answer. Throws `StaleClaim`.
 */
export async function closeRun(db: Db, claim: Claim, status: 'failed' | 'cancelled', reason: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx
      .update(runs)
      .set({ status, reason, finishedAt: sql`now()`, updatedAt: sql`now()` })
      .where(and(eq(runs.id, claim.runId), eq(runs.fence, claim.fence)))
      .returning({ progress: runs.progress, metrics: runs.metrics });
    if (!row) throw new StaleClaim(`run ${claim.runId}, token ${claim.fence}`);
    const [last] = await rowsOf<{ seq: number | null; engine: string | null; done: boolean }>(
      tx,
      sql`
      select max(seq) as seq, bool_or(type = 'finished') as done,
        max(event->>'engine') filter (where type = 'started') as engine
      from run_events where run_id = ${claim.runId}`,
    );
    if (!last?.done) {
      const { iteration = 0, epoch = 0, examplesSeen = 0, examplesPerSecond = 0 } = row.progress ?? {};
      const engine = last?.engine === 'wasm' || last?.engine === 'cpu' ? last.engine : 'tensorflow';
      const seq = (last?.seq ?? -1) + 1;
      const at = { iteration, epoch };
      const level = status === 'failed' ? 'error' : 'info';
      await tx.insert(runEvents).values([
        {
          runId: claim.runId,
          seq,
          type: 'message',
          event: { type: 'message', ...at, level, code: status, text: reason },
        },
        {
          runId: claim.runId,
          seq: seq + 1,
          type: 'finished',
          event: {
            type: 'finished',
            ...at,
            status,
            seconds: 0,
            examplesSeen,
            examplesPerSecond,
            engine,
            metrics: row.metrics,
            expected: [],
          },
        },
      ]);
    }
    await tx
      .update(slices)
      .set({ endedAt: sql`now()`, outcome: 'failed' })
      .where(and(eq(slices.runId, claim.runId), isNull(slices.endedAt)));
    await notifyRun(tx, claim.runId, 'events');
    await notifyRun(tx, claim.runId, 'state');
  });
}
