import { and, count, desc, eq, inArray, isNull, max } from 'drizzle-orm';
import { documents } from '@/drizzle/schema/documents';
import { type RunOrigin, runs } from '@/drizzle/schema/runs';
import { randomId } from '@/lib/base/ids';
import type { Program } from '@/lib/compile/program';
import type { Document } from '@/lib/graph/document';
import type { RunCommand } from '@/lib/protocol/run-event';
import type { RunSummary } from '@/lib/protocol/service';
import type { Db, Queryable } from '@/server/db/database';
import { notFound } from '@/server/errors/app-error';
import { requireWithin } from '../limits';
import { addCommand } from './run-commands.queries';
import { ACTIVE, summaryColumns, toSummary } from './run-summary';

/** One run. Throws `not-found`. */
export async function getRun(db: Queryable, id: string): Promise<RunSummary> {
  const [row] = await db.select(summaryColumns).from(runs).where(eq(runs.id, id));
  if (!row) throw notFound('run');
  return toSummary(row);
}

/** Runs of a workspace, or of one document in it, newest first; without the networks that searches train. */
export async function listRuns(
  db: Queryable,
  where: { workspaceId: string; documentId?: string | undefined },
  most: number,
): Promise<RunSummary[]> {
  const rows = await db
    .select(summaryColumns)
    .from(runs)
    .where(
      and(
        eq(runs.workspaceId, where.workspaceId),
        isNull(runs.searchId),
        where.documentId === undefined ? undefined : eq(runs.documentId, where.documentId),
      ),
    )
    .orderBy(desc(runs.createdAt), desc(runs.number))
    .limit(most);
  return rows.map(toSummary);
}

export interface NewRun {
  workspaceId: string;
  documentId: string;
  userId: string;
  /** Null: its number. */
  title: string | null;
  document: Document;
  program: Program;
  preset: string | null;
  seed: number;
  /** Of a branch, whose blob is stored already: its id, where it comes from, and what is set before it trains. */
  branch?: { id: string; origin: RunOrigin; threads: number | null; commands: RunCommand[] };
}

export const newRunId = (): string => randomId('r', 20);

/** Stores a queued run with the next number of its document. Throws `limit` where the workspace has too many. */
export async function insertRun(db: Db, made: NewRun): Promise<string> {
  return await db.transaction(async (tx) => {
    // Two starts at once take turns here, so that numbers are gapless and limits exact.
    await tx.select({ id: documents.id }).from(documents).where(eq(documents.id, made.documentId)).for('update');
    const own = and(eq(runs.workspaceId, made.workspaceId), isNull(runs.searchId));
    const [all] = await tx.select({ rows: count() }).from(runs).where(own);
    requireWithin('runs', (all?.rows ?? 0) + 1);
    const [active] = await tx
      .select({ rows: count() })
      .from(runs)
      .where(and(own, inArray(runs.status, [...ACTIVE])));
    requireWithin('activeRuns', (active?.rows ?? 0) + 1);
    const [last] = await tx
      .select({ number: max(runs.number) })
      .from(runs)
      .where(and(eq(runs.documentId, made.documentId), isNull(runs.searchId)));
    const number = (last?.number ?? 0) + 1;
    const id = made.branch?.id ?? newRunId();
    await tx.insert(runs).values({
      id,
      workspaceId: made.workspaceId,
      documentId: made.documentId,
      number,
      title: made.title ?? `Run ${number}`,
      document: made.document,
      program: made.program,
      hash: made.program.hash,
      functions: made.program.functions.map((fn) => fn.name),
      preset: made.preset,
      seed: made.seed,
      createdBy: made.userId,
      ...(made.branch
        ? { parentId: made.branch.origin.runId, origin: made.branch.origin, threads: made.branch.threads }
        : {}),
    });
    for (const command of made.branch?.commands ?? []) await addCommand(tx, id, made.userId, command);
    return id;
  });
}

/** Gives a run another title. */
export async function renameRun(db: Queryable, id: string, title: string): Promise<void> {
  await db.update(runs).set({ title, updatedAt: new Date() }).where(eq(runs.id, id));
}
