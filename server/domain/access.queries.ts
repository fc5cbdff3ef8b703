import { and, eq, type SQL, sql } from 'drizzle-orm';
import { datasets } from '@/drizzle/schema/datasets';
import { documents } from '@/drizzle/schema/documents';
import { members } from '@/drizzle/schema/members';
import { runs } from '@/drizzle/schema/runs';
import type { Role } from '@/lib/protocol/service';
import type { Queryable } from '@/server/db/database';

/** What an action is done to; exactly one member. */
export type Target = { workspace: string } | { document: string } | { run: string } | { dataset: string };

const ID = /^[\w-]{1,80}$/;

export interface Access {
  workspaceId: string;
  role: Role;
  /** The document is in the bin. */
  removed: boolean;
}

/** The role that a user has where the target belongs; null: there is no such thing, or no role. One query. */
export async function findAccess(db: Queryable, userId: string, target: Target): Promise<Access | null> {
  const member = (workspaceId: SQL | typeof documents.workspaceId) =>
    and(eq(members.workspaceId, workspaceId), eq(members.userId, userId));
  const columns = { workspaceId: members.workspaceId, role: members.role };
  const kept = sql<boolean>`false`;
  // What cannot be an id does not exist; PostgreSQL would not even take some of it.
  if (!Object.values(target).every((id: string) => ID.test(id))) return null;

  if ('document' in target) {
    const [row] = await db
      .select({ ...columns, removed: sql<boolean>`${documents.deletedAt} is not null` })
      .from(documents)
      .innerJoin(members, member(documents.workspaceId))
      .where(eq(documents.id, target.document));
    return row ?? null;
  }
  if ('run' in target) {
    const [row] = await db
      .select({ ...columns, removed: kept })
      .from(runs)
      .innerJoin(members, member(sql`${runs.workspaceId}`))
      .where(eq(runs.id, target.run));
    return row ?? null;
  }
  if ('dataset' in target) {
    const [row] = await db
      .select({ ...columns, removed: kept })
      .from(datasets)
      .innerJoin(members, member(sql`${datasets.workspaceId}`))
      .where(eq(datasets.id, target.dataset));
    return row ?? null;
  }
  const [row] = await db
    .select({ ...columns, removed: kept })
    .from(members)
    .where(and(eq(members.workspaceId, target.workspace), eq(members.userId, userId)));
  return row ?? null;
}
