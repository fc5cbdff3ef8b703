import { and, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { documents } from '@/drizzle/schema/documents';
import { runs } from '@/drizzle/schema/runs';
import { randomId } from '@/lib/base/ids';
import type { Document } from '@/lib/graph/document';
import type { RunStatus } from '@/lib/protocol/run-event';
import type { DocumentSummary } from '@/lib/protocol/service';
import type { Queryable } from '@/server/db/database';
import { notFound } from '@/server/errors/app-error';
import { requireWithin } from '../limits';
import { type DocumentRow, describeDocument, encodeDocument } from './encode-document';
import { lossSeries } from './loss-series.queries';

/** In a query of one table Drizzle writes its columns without the table, which inside a subquery would be another's. */
const ownId = sql`${documents}."id"`;

/** What a list shows; never the content. */
const columns = {
  id: documents.id,
  workspaceId: documents.workspaceId,
  title: documents.title,
  origin: documents.origin,
  nodes: documents.nodes,
  updatedAt: documents.updatedAt,
  lastRunId: sql<
    string | null
  >`(select r.id from ${runs} r where r.document_id = ${ownId} order by r.number desc limit 1)`,
  lastRunStatus: sql<RunStatus | null>`(select r.status from ${runs} r where r.document_id = ${ownId} order by r.number desc limit 1)`,
};

/** So many of a list show the curve of their last run. */
const WITH_CURVE = 24;

type Row = {
  id: string;
  workspaceId: string;
  title: string;
  origin: string | null;
  nodes: number;
  updatedAt: Date;
  lastRunId: string | null;
  lastRunStatus: RunStatus | null;
};

const summary = (row: Row, series: Map<string, number[]>): DocumentSummary => ({
  id: row.id,
  workspaceId: row.workspaceId,
  title: row.title,
  origin: row.origin,
  nodes: row.nodes,
  updatedAt: row.updatedAt.toISOString(),
  lastRun:
    row.lastRunId && row.lastRunStatus
      ? { id: row.lastRunId, status: row.lastRunStatus, series: series.get(row.lastRunId) ?? [] }
      : null,
});

/** Documents of a workspace, last edited first; `removed`: those in the bin. */
export async function listDocuments(db: Queryable, workspaceId: string, removed: boolean): Promise<DocumentSummary[]> {
  const rows = await db
    .select(columns)
    .from(documents)
    .where(
      and(
        eq(documents.workspaceId, workspaceId),
        removed ? isNotNull(documents.deletedAt) : isNull(documents.deletedAt),
      ),
    )
    .orderBy(desc(documents.updatedAt), documents.id)
    .limit(1_000);
  const latest = rows.slice(0, WITH_CURVE).flatMap((row) => row.lastRunId ?? []);
  const series = await lossSeries(db, latest);
  return rows.map((row) => summary(row, series));
}

/** One document without its content. Throws `not-found`. */
export async function getDocument(db: Queryable, id: string): Promise<DocumentSummary> {
  const [row] = await db.select(columns).from(documents).where(eq(documents.id, id));
  if (!row) throw notFound('document');
  return summary(row, await lossSeries(db, row.lastRunId ? [row.lastRunId] : []));
}

export interface NewDocument {
  workspaceId: string;
  document: Document;
  origin: string | null;
  userId: string;
}

/** Stores a new document. Throws `limit` where the workspace is full. */
export async function insertDocument(db: Queryable, made: NewDocument): Promise<string> {
  const [row] = await db.select({ rows: count() }).from(documents).where(eq(documents.workspaceId, made.workspaceId));
  requireWithin('documents', (row?.rows ?? 0) + 1);
  const id = randomId('d', 20);
  const described = describeDocument(made.document);
  const snapshot = { ...described.snapshot, title: described.title };
  await db.insert(documents).values({
    id,
    workspaceId: made.workspaceId,
    origin: made.origin,
    createdBy: made.userId,
    ...described,
    snapshot,
    yjs: encodeDocument(snapshot),
  });
  return id;
}

/** The Yjs state of a document. Throws `not-found`. */
export async function readState(db: Queryable, id: string): Promise<Uint8Array> {
  const [row] = await db.select({ yjs: documents.yjs }).from(documents).where(eq(documents.id, id));
  if (!row) throw notFound('document');
  return row.yjs;
}

/** The content of a document as it was stored last. Throws `not-found`. */
export async function readSnapshot(db: Queryable, id: string): Promise<Document> {
  const [row] = await db.select({ snapshot: documents.snapshot }).from(documents).where(eq(documents.id, id));
  if (!row) throw notFound('document');
  return row.snapshot;
}

/** Stores the state of a document and what follows from it. */
export async function storeState(db: Queryable, id: string, yjs: Uint8Array, row: DocumentRow): Promise<void> {
  await db
    .update(documents)
    .set({ ...row, yjs, updatedAt: new Date() })
    .where(eq(documents.id, id));
}

/** Moves a document to the bin, or takes it out again. */
export async function setRemoved(db: Queryable, id: string, removed: boolean): Promise<void> {
  await db
    .update(documents)
    .set({ deletedAt: removed ? new Date() : null })
    .where(eq(documents.id, id));
}
