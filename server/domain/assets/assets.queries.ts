import { and, count, eq, sum } from 'drizzle-orm';
import { assets } from '@/drizzle/schema/assets';
import type { AssetCard } from '@/lib/compile/asset-card';
import type { Queryable } from '@/server/db/database';
import { requireWithin } from '../limits';

/** Cards of a workspace's files of trained weights, by id (`upload:…`), oldest first. */
export async function workspaceAssets(db: Queryable, workspaceId: string): Promise<Record<string, AssetCard>> {
  const rows = await db
    .select({ card: assets.card })
    .from(assets)
    .where(eq(assets.workspaceId, workspaceId))
    .orderBy(assets.createdAt);
  return Object.fromEntries(rows.map(({ card }) => [card.id, card]));
}

/** Throws `limit` where the workspace may not hold this much more. */
export async function requireAssetRoom(db: Queryable, workspaceId: string, bytes: number): Promise<void> {
  const [row] = await db
    .select({ rows: count(), bytes: sum(assets.bytes) })
    .from(assets)
    .where(eq(assets.workspaceId, workspaceId));
  requireWithin('assets', (row?.rows ?? 0) + 1);
  requireWithin('assetBytes', Number(row?.bytes ?? 0) + bytes);
}

export interface NewAsset {
  id: string;
  workspaceId: string;
  card: AssetCard;
  ref: string;
  bytes: number;
  userId: string;
}

/** Stores the row of an upload whose file is whole. */
export async function insertAsset(db: Queryable, { userId, ...made }: NewAsset): Promise<void> {
  await db.insert(assets).values({ ...made, createdBy: userId });
}

/** Forgets an upload; answers where its file is, null where the workspace has none of that id. */
export async function deleteAsset(db: Queryable, workspaceId: string, id: string): Promise<string | null> {
  const [row] = await db
    .delete(assets)
    .where(and(eq(assets.id, id), eq(assets.workspaceId, workspaceId)))
    .returning({ ref: assets.ref });
  return row?.ref ?? null;
}
