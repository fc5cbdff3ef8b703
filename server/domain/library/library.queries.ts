import { and, asc, count, eq } from 'drizzle-orm';
import { libraryBlocks } from '@/drizzle/schema/library-blocks';
import { user } from '@/drizzle/schema/user';
import { randomId } from '@/lib/base/ids';
import { hashContent, type LibraryContent } from '@/lib/graph/blocks/library-block';
import type { LibraryBlockSummary } from '@/lib/protocol/service';
import type { Queryable } from '@/server/db/database';
import { notFound } from '@/server/errors/app-error';
import { cleanTitle } from '../documents/encode-document';
import { requireWithin } from '../limits';

/** Blocks of a workspace's library, by title. */
export async function listLibrary(db: Queryable, workspaceId: string): Promise<LibraryBlockSummary[]> {
  const rows = await db
    .select({
      id: libraryBlocks.id,
      title: libraryBlocks.title,
      hash: libraryBlocks.hash,
      nodes: libraryBlocks.nodes,
      content: libraryBlocks.content,
      publishedAt: libraryBlocks.publishedAt,
      author: user.name,
    })
    .from(libraryBlocks)
    .leftJoin(user, eq(user.id, libraryBlocks.publishedBy))
    .where(eq(libraryBlocks.workspaceId, workspaceId))
    .orderBy(asc(libraryBlocks.title), asc(libraryBlocks.id));
  return rows.map(({ content, publishedAt, ...row }) => {
    const { inputs = [], outputs = [] } = content.blocks[content.root] ?? {};
    return { ...row, inputs, outputs, publishedAt: publishedAt.toISOString() };
  });
}

const one = (workspaceId: string, id: string) =>
  and(eq(libraryBlocks.workspaceId, workspaceId), eq(libraryBlocks.id, id));

/** Throws `not-found`. */
export async function readLibraryBlock(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<{ hash: string; content: LibraryContent }> {
  const [row] = await db
    .select({ hash: libraryBlocks.hash, content: libraryBlocks.content })
    .from(libraryBlocks)
    .where(one(workspaceId, id));
  if (!row) throw notFound('block');
  return row;
}

export interface PublishBlock {
  workspaceId: string;
  /** Of the block whose new version this is; absent: a new one. */
  id?: string | undefined;
  content: LibraryContent;
  userId: string;
}

/** Publishes a block, or a new version of one. Throws `not-found` where `id` is gone, `limit` where there are too many. */
export async function publishBlock(
  db: Queryable,
  { workspaceId, id, content, userId }: PublishBlock,
): Promise<{ id: string; hash: string }> {
  const values = {
    title: cleanTitle(content.blocks[content.root]?.title || 'Block'),
    hash: hashContent(content),
    nodes: Object.values(content.blocks).reduce((sum, { graph }) => sum + Object.keys(graph.nodes).length, 0),
    content,
    publishedBy: userId,
    publishedAt: new Date(),
  };
  if (id !== undefined) {
    const changed = await db
      .update(libraryBlocks)
      .set(values)
      .where(one(workspaceId, id))
      .returning({ id: libraryBlocks.id });
    if (changed.length === 0) throw notFound('block');
    return { id, hash: values.hash };
  }
  const [row] = await db
    .select({ rows: count() })
    .from(libraryBlocks)
    .where(eq(libraryBlocks.workspaceId, workspaceId));
  requireWithin('libraryBlocks', (row?.rows ?? 0) + 1);
  const made = randomId('l', 20);
  await db.insert(libraryBlocks).values({ id: made, workspaceId, ...values });
  return { id: made, hash: values.hash };
}

/** Takes a block out of the library; documents keep their copies. Throws `not-found`. */
export async function removeLibraryBlock(db: Queryable, workspaceId: string, id: string): Promise<void> {
  const gone = await db.delete(libraryBlocks).where(one(workspaceId, id)).returning({ id: libraryBlocks.id });
  if (gone.length === 0) throw notFound('block');
}
