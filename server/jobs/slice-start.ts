import { desc, eq, sql } from 'drizzle-orm';
import { checkpoints } from '@/drizzle/schema/checkpoints';
import { runs } from '@/drizzle/schema/runs';
import type { Program } from '@/lib/compile/program';
import type { CommandEvent, NumberedCommand } from '@/lib/engine/run-commands';
import type { Expectation } from '@/lib/graph/document';
import { type Db, rowsOf } from '@/server/db/database';
import { originKey } from '@/server/domain/runs/run-blobs';
import { commandLog, commandsOf } from '@/server/domain/runs/run-commands.queries';
import { notFound } from '@/server/errors/app-error';
import { type EndedChild, endedChildren } from './search-children';
import { isServable } from './servable';

/** What a training child needs to know of a run. */
export interface SliceStart {
  program: Program;
  seed: number;
  expected: Expectation[];
  /** Checkpoints to try, newest first: a blob may have been lost. */
  checkpoints: string[];
  /** What people asked so far, and what of it the log says was done. */
  commands: NumberedCommand[];
  log: CommandEvent[];
  /** Of a branch: where it begins before it has checkpoints of its own. */
  origin: { ref: string; run: string; names: Record<string, string> } | null;
  /** Of a search: the networks that have been trained for it, by key. */
  children: Record<string, EndedChild>;
}

/** Reads a run as its next slice begins. Expected results are those of the run's preset. */
export async function readSliceStart(db: Db, runId: string): Promise<SliceStart> {
  const [run] = await db
    .select({
      program: runs.program,
      document: runs.document,
      preset: runs.preset,
      seed: runs.seed,
      origin: runs.origin,
    })
    .from(runs)
    .where(eq(runs.id, runId));
  if (!run) throw notFound('run');
  const rows = await db
    .select({ ref: checkpoints.ref })
    .from(checkpoints)
    .where(eq(checkpoints.runId, runId))
    .orderBy(desc(checkpoints.iteration))
    .limit(3);
  return {
    program: run.program,
    seed: run.seed,
    expected: run.document.expected.filter((one) => (one.preset ?? null) === run.preset),
    checkpoints: rows.map(({ ref }) => ref),
    commands: await commandsOf(db, runId),
    log: await commandLog(db, runId),
    children: await endedChildren(db, runId),
    origin: run.origin && { ref: originKey(runId), run: run.origin.runId, names: run.origin.names },
  };
}

/** Counts a slice that was lost without a new checkpoint since the last loss. Answers how many there are in a row. */
export async function countFailure(db: Db, runId: string): Promise<number> {
  const [row] = await db
    .update(runs)
    .set({ failures: sql`${runs.failures} + 1` })
    .where(eq(runs.id, runId))
    .returning({ failures: runs.failures });
  return row?.failures ?? 0;
}

/**
 * Whether a run other than this one waits for a worker: queued, or taken from a lost worker while its job waits to be
 * served again.
 */
export async function othersWait(db: Db, runId: string): Promise<boolean> {
  const rows = await rowsOf(
    db,
    sql`
      select 1 from runs r
      where r.id <> ${runId} and (
        ${isServable}
        or r.status in ('running', 'pausing') and exists (
          select 1 from slices s join pgboss.job j on j.id::text = s.job_id
          where s.run_id = r.id and s.fence = r.fence and s.ended_at is null and j.state in ('created', 'retry')))
      limit 1`,
  );
  return rows.length > 0;
}
