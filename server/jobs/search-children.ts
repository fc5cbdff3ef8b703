import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { runs } from '@/drizzle/schema/runs';
import type { CompiledChild } from '@/lib/engine/train-child';
import type { RunStatus } from '@/lib/protocol/run-event';
import { type Db, rowsOf } from '@/server/db/database';
import { newRunId } from '@/server/domain/runs/runs.queries';
import { notifyRun } from '@/server/events/notify';
import type { Claim } from './claim-slice';
import { StaleClaim } from './write-slice';

/** A network that a search asks for, by what it is known by there. */
export interface WantedChild extends CompiledChild {
  key: string;
}

/** How a child ended. */
export interface EndedChild {
  status: RunStatus;
  metrics: Record<string, number | null>;
}

/**
 * Stores the children that a search asks for as runs that wait, each once, with the search's seed and threads; answers how
 * many are new. The search says that it waits for them. Throws `StaleClaim`.
 */
export async function queueChildren(db: Db, claim: Claim, wanted: readonly WantedChild[]): Promise<number> {
  return await db.transaction(async (tx) => {
    const [search] = await tx
      .select({
        workspaceId: runs.workspaceId,
        documentId: runs.documentId,
        seed: runs.seed,
        threads: runs.threads,
        createdBy: runs.createdBy,
      })
      .from(runs)
      .where(and(eq(runs.id, claim.runId), eq(runs.fence, claim.fence)))
      .for('update');
    if (!search) throw new StaleClaim(`run ${claim.runId}, token ${claim.fence}`);
    const [before] = await rowsOf<{ children: number }>(
      tx,
      sql`select count(*)::int as children from runs where search_id = ${claim.runId}`,
    );
    let made = 0;
    for (const { key, document, program } of wanted) {
      const number = (before?.children ?? 0) + made + 1;
      const rows = await tx
        .insert(runs)
        .values({
          ...search,
          id: newRunId(),
          searchId: claim.runId,
          childKey: key,
          number,
          title: `Child ${number}`,
          document,
          program,
          hash: program.hash,
          functions: program.functions.map((fn) => fn.name),
        })
        .onConflictDoNothing({ target: [runs.searchId, runs.childKey] })
        .returning({ id: runs.id });
      made += rows.length;
    }
    const reason = `It goes on when ${wanted.length === 1 ? 'the network' : `the ${wanted.length} networks`} that it chose ${wanted.length === 1 ? 'has' : 'have'} been trained.`;
    await tx.update(runs).set({ reason, updatedAt: sql`now()` }).where(eq(runs.id, claim.runId));
    await notifyRun(tx, claim.runId, 'state');
    return made;
  });
}

/** The children of a search that have ended, by key. */
export async function endedChildren(db: Db, runId: string): Promise<Record<string, EndedChild>> {
  const rows = await db
    .select({ key: runs.childKey, status: runs.status, metrics: runs.metrics })
    .from(runs)
    .where(and(eq(runs.searchId, runId), isNotNull(runs.finishedAt)));
  return Object.fromEntries(rows.flatMap(({ key, ...ended }) => (key === null ? [] : [[key, ended]])));
}

/**
 * Pauses a search one of whose children cannot go on until somebody has done something: who looks at it sees why, and its
 * resumption resumes the child.
 */
export async function holdSearch(db: Db, search: string, reason: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(runs)
      .set({ status: 'paused', wants: 'pause', reason, updatedAt: sql`now()` })
      .where(and(eq(runs.id, search), eq(runs.status, 'queued')));
    await notifyRun(tx, search, 'state');
  });
}

/** The search that waits for this run, if one does. */
export async function searchOf(db: Db, runId: string): Promise<string | null> {
  const [row] = await db.select({ searchId: runs.searchId }).from(runs).where(eq(runs.id, runId));
  return row?.searchId ?? null;
}
