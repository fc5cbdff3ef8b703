import type { SessionInfo } from '@/lib/protocol/service';
import { personColor } from '@/server/domain/person-color';
import { ensurePersonalWorkspace } from '@/server/domain/workspaces/personal-workspace';
import { listWorkspaces } from '@/server/domain/workspaces/workspaces.queries';
import { procedure } from '../procedure';

/** Who is here, and their workspaces. */
export const getSession = procedure('session.read').query(async ({ ctx }): Promise<SessionInfo> => {
  await ensurePersonalWorkspace(ctx.services.database.db, ctx.actor.id);
  return {
    user: { ...ctx.actor, color: personColor(ctx.actor.id) },
    workspaces: await listWorkspaces(ctx.db, ctx.actor.id),
  };
});
