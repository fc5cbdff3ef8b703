import { and, eq, isNull, sql } from 'drizzle-orm';
import { runs } from '@/drizzle/schema/runs';
import { slices } from '@/drizzle/schema/slices';
import { type Db, type Queryable, rowsOf } from '@/server/db/database';
import { notifyRun } from '@/server/events/notify';
import { isServable } from './servable';

/** A run that this worker may now write to, as long as nobody takes the next fencing token. */
export interface Claim {
  runId: string;
  fence: number;
  /** Fixed by the run's first slice. */
  threads: number;
}

export interface Worker {
  host: string;
  pid: number;
  /** For runs that begin here. */
  threads: number;
}

/** Any number: claims take turns, so that fairness is exact. */
const LOCK = 7_301_978;

/**
 * Takes a run for a job: first the one that this job had before its worker was lost, else the waiting run of the
 * workspace with the fewest slices at work; among those, of the one that was served longest ago. Null: nothing waits.
 */
export async function claimSlice(db: Db, jobId: string, worker: Worker): Promise<Claim | null> {
  return await db.transaction(async (tx) => {
    await rowsOf(tx, sql`select pg_advisory_xact_lock(${LOCK})`);
    const lost = await lostRun(tx, jobId);
    const runId = lost ?? (await fairestRun(tx));
    return runId === null ? null : take(tx, runId, jobId, worker);
  });
}

/** Takes the same run again after its child was lost. Null where the claim is no longer ours. */
export async function reclaimSlice(db: Db, claim: Claim, jobId: string, worker: Worker): Promise<Claim | null> {
  return await db.transaction(async (tx) => {
    const [row] = await tx.select({ fence: runs.fence }).from(runs).where(eq(runs.id, claim.runId)).for('update');
    return row?.fence === claim.fence ? take(tx, claim.runId, jobId, worker) : null;
  });
}

async function lostRun(tx: Queryable, jobId: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: slices.runId })
    .from(slices)
    .innerJoin(runs, and(eq(runs.id, slices.runId), eq(runs.fence, slices.fence)))
    .where(and(eq(slices.jobId, jobId), isNull(slices.endedAt)));
  return row?.id ?? null;
}

async function fairestRun(tx: Queryable): Promise<string | null> {
  const [row] = await rowsOf<{ id: string }>(
    tx,
    sql`
    select r.id from runs r
    where ${isServable}
    order by
      (select count(*) from runs b where b.workspace_id = r.workspace_id and b.status in ('running', 'pausing')),
      (select max(s.started_at) from slices s join runs b on b.id = s.run_id where b.workspace_id = r.workspace_id)
        nulls first,
      (select max(s.started_at) from slices s where s.run_id = r.id) nulls first,
      r.created_at
    limit 1
    for update of r`,
  );
  return row?.id ?? null;
}

async function take(tx: Queryable, runId: string, jobId: string, worker: Worker): Promise<Claim | null> {
  await tx
    .update(slices)
    .set({ endedAt: sql`now()`, outcome: 'lost' })
    .where(and(eq(slices.runId, runId), isNull(slices.endedAt)));
  const [row] = await tx
    .update(runs)
    .set({
      status: sql`case when ${runs.wants} = 'pause' then 'pausing' else 'running' end`,
      reason: null,
      fence: sql`${runs.fence} + 1`,
      slices: sql`${runs.slices} + 1`,
      threads: sql`coalesce(${runs.threads}, ${worker.threads})`,
      startedAt: sql`coalesce(${runs.startedAt}, now())`,
      updatedAt: sql`now()`,
    })
    .where(and(eq(runs.id, runId), sql`${runs.status} in ('queued', 'running', 'pausing')`))
    .returning({ fence: runs.fence, threads: runs.threads });
  if (!row) return null;
  await tx.insert(slices).values({ runId, fence: row.fence, jobId, host: worker.host, pid: worker.pid });
  await notifyRun(tx, runId, 'state');
  return { runId, fence: row.fence, threads: row.threads ?? worker.threads };
}
