import { sql } from 'drizzle-orm';
import { type RunOrigin, runs } from '@/drizzle/schema/runs';
import type { RunProgress, RunStatus } from '@/lib/protocol/run-event';
import type { RunSummary } from '@/lib/protocol/service';

/** What a summary needs of a row; never the document nor the program. */
export const summaryColumns = {
  id: runs.id,
  workspaceId: runs.workspaceId,
  documentId: runs.documentId,
  number: runs.number,
  title: runs.title,
  preset: runs.preset,
  seed: runs.seed,
  status: runs.status,
  reason: runs.reason,
  createdAt: runs.createdAt,
  startedAt: runs.startedAt,
  finishedAt: runs.finishedAt,
  progress: runs.progress,
  metrics: runs.metrics,
  functions: runs.functions,
  parentId: runs.parentId,
  // Names of variables can be many, and only the engine asks for them.
  origin: sql<Omit<RunOrigin, 'names'> | null>`${runs.origin} - 'names'`,
};

export interface SummaryRow {
  id: string;
  workspaceId: string;
  documentId: string;
  number: number;
  title: string;
  preset: string | null;
  seed: number;
  status: RunStatus;
  reason: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  progress: RunProgress | null;
  metrics: Record<string, number | null>;
  functions: string[];
  parentId: string | null;
  origin: Omit<RunOrigin, 'names'> | null;
}

/** A row as the protocol has it. */
export const toSummary = ({ createdAt, startedAt, finishedAt, parentId, origin, ...row }: SummaryRow): RunSummary => ({
  ...row,
  parent: origin && { id: parentId, number: origin.number, iteration: origin.iteration },
  createdAt: createdAt.toISOString(),
  startedAt: startedAt?.toISOString() ?? null,
  finishedAt: finishedAt?.toISOString() ?? null,
});

/** States that a run does not leave any more. */
export const FINAL: readonly RunStatus[] = ['succeeded', 'failed', 'cancelled', 'diverged'];
/** States in which a run holds or waits for a worker. */
export const ACTIVE: readonly RunStatus[] = ['queued', 'running', 'pausing'];
