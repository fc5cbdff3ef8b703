import { and, count, eq, sum } from 'drizzle-orm';
import { datasets } from '@/drizzle/schema/datasets';
import type { DatasetCard } from '@/lib/datasets/card';
import type { Queryable } from '@/server/db/database';
import { cleanTitle } from '../documents/encode-document';
import { requireWithin } from '../limits';

/** Cards of a workspace's uploads, by id (`upload:…`). */
export async function uploadedCards(db: Queryable, workspaceId: string): Promise<Record<string, DatasetCard>> {
  const rows = await db
    .select({ card: datasets.card })
    .from(datasets)
    .where(eq(datasets.workspaceId, workspaceId))
    .orderBy(datasets.createdAt);
  return Object.fromEntries(rows.map(({ card }) => [card.id, card]));
}

/** Throws `limit` where the workspace may not hold this much more. */
export async function requireRoom(db: Queryable, workspaceId: string, bytes: number): Promise<void> {
  const [row] = await db
    .select({ rows: count(), bytes: sum(datasets.bytes) })
    .from(datasets)
    .where(eq(datasets.workspaceId, workspaceId));
  requireWithin('datasets', (row?.rows ?? 0) + 1);
  requireWithin('datasetBytes', Number(row?.bytes ?? 0) + bytes);
}

export interface NewDataset {
  id: string;
  workspaceId: string;
  card: DatasetCard;
  ref: string;
  bytes: number;
  userId: string;
}

/** Stores the row of an upload whose file is whole. */
export async function insertDataset(db: Queryable, { userId, ...made }: NewDataset): Promise<void> {
  await db.insert(datasets).values({ ...made, title: cleanTitle(made.card.title), createdBy: userId });
}

/** Forgets an upload; answers where its file is, null where there is none. */
export async function deleteDataset(db: Queryable, workspaceId: string, id: string): Promise<string | null> {
  const [row] = await db
    .delete(datasets)
    .where(and(eq(datasets.id, id), eq(datasets.workspaceId, workspaceId)))
    .returning({ ref: datasets.ref });
  return row?.ref ?? null;
}
