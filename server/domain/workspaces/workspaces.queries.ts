import { count, eq } from 'drizzle-orm';
import { members } from '@/drizzle/schema/members';
import { workspaces } from '@/drizzle/schema/workspaces';
import { randomId } from '@/lib/base/ids';
import type { SessionInfo } from '@/lib/protocol/service';
import type { Db, Queryable } from '@/server/db/database';
import { requireWithin } from '../limits';

export type WorkspaceSummary = SessionInfo['workspaces'][number];

/** The workspaces that a user is a member of, the personal one first. */
export async function listWorkspaces(db: Queryable, userId: string): Promise<WorkspaceSummary[]> {
  const rows = await db
    .select({
      id: workspaces.id,
      title: workspaces.title,
      role: members.role,
      personalOf: workspaces.personalOf,
    })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(eq(members.userId, userId))
    .orderBy(workspaces.createdAt, workspaces.id);
  const all = rows.map(({ personalOf, ...row }) => ({ ...row, personal: personalOf === userId }));
  return [...all.filter((one) => one.personal), ...all.filter((one) => !one.personal)];
}

/** A further workspace, owned by its maker. */
export async function createWorkspace(db: Db, userId: string, title: string): Promise<WorkspaceSummary> {
  return await db.transaction(async (tx) => {
    const [row] = await tx.select({ rows: count() }).from(members).where(eq(members.userId, userId));
    requireWithin('workspacesPerUser', (row?.rows ?? 0) + 1);
    const id = randomId('w', 16);
    await tx.insert(workspaces).values({ id, title });
    await tx.insert(members).values({ workspaceId: id, userId, role: 'owner' });
    return { id, title, role: 'owner', personal: false };
  });
}
