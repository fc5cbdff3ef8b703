import { type Document, emptyDocument } from '@/lib/graph/document';
import { parseDocument } from '@/lib/graph/parse-document';
import type { Queryable } from '@/server/db/database';
import { AppError, notFound } from '@/server/errors/app-error';
import { insertDocument } from './documents.queries';
import { cleanTitle } from './encode-document';

export interface CreateDocument {
  workspaceId: string;
  userId: string;
  from: { gallery: string } | { document?: unknown } | { empty: string };
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
  const { document, diagnostics } = parseDocument(from.document);
  if (!document) {
    const [problem] = diagnostics;
    const detail = problem?.received ? ` Expected ${problem.expected}; found ${problem.received}.` : '';
    throw new AppError('invalid', `${problem?.message ?? 'This is not a document.'}${detail}`);
  }
  return insertDocument(db, { workspaceId, userId, document, origin: null });
}
