import { listWorkspaces as list } from '@/server/domain/workspaces/workspaces.queries';
import { procedure } from '../procedure';

/** The workspaces that the caller is a member of. */
export const listWorkspaces = procedure('workspace.list').query(({ ctx }) => list(ctx.db, ctx.actor.id));
