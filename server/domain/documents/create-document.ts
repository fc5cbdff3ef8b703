import { eq } from 'drizzle-orm';
import { runs } from '@/drizzle/schema/runs';
import type { Json } from '@/lib/base/json';
import { type Document, emptyDocument } from '@/lib/graph/document';
import { parseDocument } from '@/lib/graph/parse-document';
import { variantDocument } from '@/lib/graph/variant-document';
import type { Queryable } from '@/server/db/database';
import { AppError, notFound } from '@/server/errors/app-error';
import { insertDocument } from './documents.queries';
import { cleanTitle } from './encode-document';

/** A network that a run's search has tried: the sink that shows it, and what was chosen. */
export interface ChildOfRun {
  run: string;
  sink: string;
  set: Record<string, Json>;
}

export interface CreateDocument {
  workspaceId: string;
  userId: string;
  from: { gallery: string } | { document?: unknown } | { empty: string } | { child: ChildOfRun };
}

/** Makes a document and answers its id. Throws `invalid` (with the parser's sentence), `not-found`, `limit`. */
export async function createDocument(
  db: Queryable,
  gallery: { document(id: string): Document | null },
  { workspaceId, userId, from }: CreateDocument,
): Promise<string> {
  if ('gallery' in from) {
    const document = gallery.document(from.gallery);
    if (!document) throw notFound('gallery entry');
    return insertDocument(db, { workspaceId, userId, document, origin: from.gallery });
  }
  if ('empty' in from) {
    const document = emptyDocument(cleanTitle(from.empty));
    return insertDocument(db, { workspaceId, userId, document, origin: null });
  }
  if ('child' in from) {
    const document = await childOf(db, from.child);
    return insertDocument(db, { workspaceId, userId, document, origin: null });
  }
  const { document, diagnostics } = parseDocument(from.document);
  if (!document) {
    const [problem] = diagnostics;
    const detail = problem?.received ? ` Expected ${problem.expected}; found ${problem.received}.` : '';
    throw new AppError('invalid', `${problem?.message ?? 'This is not a document.'}${detail}`);
  }
  return insertDocument(db, { workspaceId, userId, document, origin: null });
}

/** The document of a child, its choices as the defaults of its params. Throws `not-found`. */
async function childOf(db: Queryable, { run, sink, set }: ChildOfRun): Promise<Document> {
  const [row] = await db.select({ program: runs.program }).from(runs).where(eq(runs.id, run));
  const emit = row?.program.tasks.find((task) => task.do === 'emit' && task.id === sink);
  const search = row?.program.ops.find(({ id }) => emit?.do === 'emit' && id === emit.of);
  const { document } = parseDocument(search?.params.document);
  if (!document) throw notFound('network');
  return variantDocument(document, { id: '', title: '', set });
}
