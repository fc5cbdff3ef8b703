import { and, eq, sql } from 'drizzle-orm';
import { members } from '@/drizzle/schema/members';
import { workspaces } from '@/drizzle/schema/workspaces';
import { randomId } from '@/lib/base/ids';
import type { Db } from '@/server/db/database';

/** Makes the user's own workspace where there is none yet; safe to call at any time, also twice at once. */
export async function ensurePersonalWorkspace(db: Db, userId: string): Promise<string> {
  return await db.transaction(async (tx) => {
    const [made] = await tx
      .insert(workspaces)
      .values({ id: randomId('w', 16), title: 'My workspace', personalOf: userId })
      .onConflictDoNothing({ target: workspaces.personalOf, where: sql`${workspaces.personalOf} is not null` })
      .returning({ id: workspaces.id });
    if (!made) {
      const [there] = await tx
        .select({ id: workspaces.id })
        .from(workspaces)
        .where(and(eq(workspaces.personalOf, userId)));
      if (!there) throw new Error('The personal workspace vanished while it was being made.');
      return there.id;
    }
    await tx.insert(members).values({ workspaceId: made.id, userId, role: 'owner' });
    return made.id;
  });
}
