import { sql } from 'drizzle-orm';
import { type Db, rowsOf } from '@/server/db/database';
import { notifyRun } from '@/server/events/notify';
import type { Worker } from './claim-slice';
import { isServable } from './servable';
import type { SliceQueue } from './slice-queue';

/**
 * Mends what a crash may have left behind: gives jobs of dead workers on this host back at once, puts runs whose job is
 * gone back to waiting, and queues a token where runs wait and none is there.
 */
export async function rescueRuns(db: Db, queue: SliceQueue, worker: Pick<Worker, 'host' | 'pid'>): Promise<void> {
  const atWork = await rowsOf<{
    run_id: string;
    job_id: string;
    host: string;
    pid: number;
    job: string | null;
  }>(
    db,
    sql`
    select s.run_id, s.job_id, s.host, s.pid, j.state::text as job
    from slices s
    join runs r on r.id = s.run_id and r.fence = s.fence
    left join pgboss.job j on j.id::text = s.job_id
    where s.ended_at is null and r.status in ('running', 'pausing')`,
  );
  for (const slice of atWork) {
    const waits = slice.job === 'created' || slice.job === 'retry';
    if (slice.job === 'active') {
      if (slice.host === worker.host && slice.pid !== worker.pid && !isAlive(slice.pid))
        await queue.release(slice.job_id);
    } else if (!waits) await putBack(db, slice.run_id, slice.job_id);
  }
  const [row] = await rowsOf<{ waiting: number; tokens: number }>(
    db,
    sql`
    select (select count(*)::int from runs r where ${isServable}) as waiting,
      (select count(*)::int from pgboss.job where name = 'slice' and state in ('created', 'retry')) as tokens`,
  );
  for (let missing = (row?.waiting ?? 0) - (row?.tokens ?? 0); missing > 0; missing--) await queue.enqueue('');
}

async function putBack(db: Db, runId: string, jobId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const rows = await rowsOf(
      tx,
      sql`
      update slices set ended_at = now(), outcome = 'lost'
      where run_id = ${runId} and job_id = ${jobId} and ended_at is null returning fence`,
    );
    if (rows.length === 0) return;
    // The next number makes whoever still writes a stale slice.
    await rowsOf(
      tx,
      sql`
      update runs set status = case when wants = 'pause' then 'paused' else 'queued' end, fence = fence + 1, updated_at = now()
      where id = ${runId} and status in ('running', 'pausing')`,
    );
    await notifyRun(tx, runId, 'state');
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
