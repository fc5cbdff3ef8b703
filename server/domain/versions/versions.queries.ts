import { and, count, desc, eq } from 'drizzle-orm';
import { user } from '@/drizzle/schema/user';
import { versions } from '@/drizzle/schema/versions';
import { randomId } from '@/lib/base/ids';
import type { Document } from '@/lib/graph/document';
import type { VersionSummary } from '@/lib/protocol/service';
import type { Queryable } from '@/server/db/database';
import { notFound } from '@/server/errors/app-error';
import { cleanTitle, describeDocument } from '../documents/encode-document';
import { requireWithin } from '../limits';

const columns = {
  id: versions.id,
  documentId: versions.documentId,
  name: versions.name,
  nodes: versions.nodes,
  createdAt: versions.createdAt,
  author: user.name,
};

type Row = Omit<VersionSummary, 'createdAt'> & { createdAt: Date };
const summary = (row: Row): VersionSummary => ({ ...row, createdAt: row.createdAt.toISOString() });

/** Named versions of a document, newest first. */
export async function listVersions(db: Queryable, documentId: string): Promise<VersionSummary[]> {
  const rows = await db
    .select(columns)
    .from(versions)
    .leftJoin(user, eq(user.id, versions.createdBy))
    .where(eq(versions.documentId, documentId))
    .orderBy(desc(versions.createdAt), desc(versions.id));
  return rows.map(summary);
}

/** Keeps a state of a document. Throws `limit` where there are too many. */
export async function insertVersion(
  db: Queryable,
  made: { documentId: string; name: string; document: Document; userId: string },
): Promise<string> {
  const [row] = await db.select({ rows: count() }).from(versions).where(eq(versions.documentId, made.documentId));
  requireWithin('versions', (row?.rows ?? 0) + 1);
  const id = randomId('v', 20);
  const { nodes, snapshot } = describeDocument(made.document);
  await db
    .insert(versions)
    .values({ id, documentId: made.documentId, name: cleanTitle(made.name), nodes, snapshot, createdBy: made.userId });
  return id;
}

const one = (documentId: string, id: string) => and(eq(versions.documentId, documentId), eq(versions.id, id));

/** The content of a version. Throws `not-found`. */
export async function readVersion(db: Queryable, documentId: string, id: string): Promise<Document> {
  const [row] = await db.select({ snapshot: versions.snapshot }).from(versions).where(one(documentId, id));
  if (!row) throw notFound('version');
  return row.snapshot;
}

/** Gives a version another name. Throws `not-found`. */
export async function renameVersion(db: Queryable, documentId: string, id: string, name: string): Promise<void> {
  const renamed = await db
    .update(versions)
    .set({ name: cleanTitle(name) })
    .where(one(documentId, id))
    .returning({ id: versions.id });
  if (renamed.length === 0) throw notFound('version');
}

/** Forgets a version; the document itself stays as it is. Throws `not-found`. */
export async function deleteVersion(db: Queryable, documentId: string, id: string): Promise<void> {
  const gone = await db.delete(versions).where(one(documentId, id)).returning({ id: versions.id });
  if (gone.length === 0) throw notFound('version');
}
