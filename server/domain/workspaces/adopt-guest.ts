import { and, count, eq, sql } from 'drizzle-orm';
import { datasets } from '@/drizzle/schema/datasets';
import { documents } from '@/drizzle/schema/documents';
import { members } from '@/drizzle/schema/members';
import { runs } from '@/drizzle/schema/runs';
import { workspaces } from '@/drizzle/schema/workspaces';
import { type Db, type Queryable, rowsOf } from '@/server/db/database';

/**
 * Gives all that a guest made to the account with which the guest has just signed up or in. The guest's own workspace
 * becomes the account's own where that one is still empty, else a further one of it.
 */
export async function adoptGuest(db: Db, guestId: string, userId: string): Promise<void> {
  if (guestId === userId) return;
  await db.transaction(async (tx) => {
    const [guestOwn] = await tx.select().from(workspaces).where(eq(workspaces.personalOf, guestId));
    const [userOwn] = await tx.select().from(workspaces).where(eq(workspaces.personalOf, userId));
    await rowsOf(
      tx,
      sql`
      insert into ${members} (workspace_id, user_id, role)
      select workspace_id, ${userId}, role from ${members} where user_id = ${guestId}
      on conflict do nothing`,
    );
    for (const table of [documents, runs, datasets]) {
      await tx.update(table).set({ createdBy: userId }).where(eq(table.createdBy, guestId));
    }
    if (!guestOwn) return;
    if (userOwn && (await isEmpty(tx, userOwn.id))) await tx.delete(workspaces).where(eq(workspaces.id, userOwn.id));
    const free = !userOwn || (await isGone(tx, userOwn.id));
    await tx
      .update(workspaces)
      .set(free ? { personalOf: userId } : { personalOf: null, title: 'From a guest visit' })
      .where(eq(workspaces.id, guestOwn.id));
    await tx.delete(members).where(and(eq(members.userId, guestId)));
  });
}

async function isEmpty(db: Queryable, workspaceId: string): Promise<boolean> {
  for (const table of [documents, runs, datasets]) {
    const [row] = await db.select({ rows: count() }).from(table).where(eq(table.workspaceId, workspaceId));
    if (row?.rows) return false;
  }
  return true;
}

const isGone = async (db: Queryable, workspaceId: string): Promise<boolean> =>
  (await db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId))).length === 0;
