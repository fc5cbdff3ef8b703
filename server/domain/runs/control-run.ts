import { eq, or, sql } from 'drizzle-orm';
import { runs } from '@/drizzle/schema/runs';
import type { RunStatus } from '@/lib/protocol/run-event';
import type { Db, Queryable } from '@/server/db/database';
import { AppError, notFound } from '@/server/errors/app-error';
import { notifyControl, notifyRun } from '@/server/events/notify';
import type { BlobStore } from '@/server/storage/blob-store';
import type { RunQueue } from './run-queue';
import { FINAL } from './run-summary';

/**
 * Pause, resume and cancel only say what is wanted; the slice obeys within a second. A run that no slice holds (queued,
 * paused) changes at once. A slice that ends because of a pause sets `paused` only if `wants` still says so; else it
 * hands the run back to the queue: a resume may have come meanwhile. What is wanted of a search is wanted of its children.
 */
export async function pauseRun(db: Db, id: string): Promise<void> {
  await change(db, id, (status) => {
    if (status === 'running') return { wants: 'pause', status: 'pausing' };
    if (status === 'queued') return { wants: 'pause', status: 'paused' };
    if (status === 'paused' || status === 'pausing') return null;
    throw over(status, 'paused');
  });
}

export async function resumeRun(db: Db, queue: RunQueue, id: string): Promise<void> {
  const ids = await change(db, id, (status) => {
    if (status === 'paused') return { wants: 'go', status: 'queued', reason: null };
    if (status === 'pausing') return { wants: 'go', status: 'running' };
    if (status === 'queued' || status === 'running') return null;
    throw over(status, 'resumed');
  });
  for (const resumed of ids) await queue.enqueue(resumed);
}

export async function cancelRun(db: Db, id: string): Promise<void> {
  await change(db, id, (status) => {
    if (status === 'queued' || status === 'paused') {
      return { wants: 'cancel', status: 'cancelled', finishedAt: new Date() };
    }
    return FINAL.includes(status) ? null : { wants: 'cancel' };
  });
}

/** Removes a run that does not train any more, with its log and blobs. Throws `conflict` where it still does. */
export async function removeRun(db: Db, blobs: BlobStore, id: string): Promise<void> {
  const ids = await db.transaction(async (tx) => {
    const rows = await withChildren(tx, id);
    if (rows.some(({ status }) => status === 'running' || status === 'pausing')) {
      throw new AppError('conflict', 'This run is still training. Cancel it first, then remove it.');
    }
    await tx.delete(runs).where(eq(runs.id, id));
    return rows.map((row) => row.id);
  });
  for (const gone of ids) await blobs.remove(`runs/${gone}`);
}

/** A run and, of a search, the networks that it had trained; locked. Throws `not-found`. */
async function withChildren(tx: Queryable, id: string): Promise<{ id: string; status: RunStatus }[]> {
  const rows = await tx
    .select({ id: runs.id, status: runs.status })
    .from(runs)
    .where(or(eq(runs.id, id), eq(runs.searchId, id)))
    .for('update');
  if (!rows.some((row) => row.id === id)) throw notFound('run');
  return rows;
}

type Change = Partial<Pick<typeof runs.$inferInsert, 'wants' | 'status' | 'reason' | 'finishedAt'>>;

/** Answers the run and those of its children that have not ended. */
async function change(db: Db, id: string, decide: (status: RunStatus) => Change | null): Promise<string[]> {
  return await db.transaction(async (tx) => {
    const rows = await withChildren(tx, id);
    const concerned = rows.filter((row) => row.id === id || !FINAL.includes(row.status));
    for (const row of concerned) {
      const set = decide(row.status);
      if (!set) continue;
      await tx
        .update(runs)
        .set({ ...set, updatedAt: sql`now()` })
        .where(eq(runs.id, row.id));
      await notifyControl(tx, row.id);
      await notifyRun(tx, row.id, 'state');
    }
    return concerned.map((row) => row.id);
  });
}

const over = (status: RunStatus, what: string): AppError =>
  new AppError('conflict', `This run has ended (${status}); it cannot be ${what}. Start a new one.`);
