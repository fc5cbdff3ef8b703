import { z } from 'zod';
import { createWorkspace as create } from '@/server/domain/workspaces/workspaces.queries';
import { title } from '../inputs';
import { procedure } from '../procedure';

/** A further workspace, owned by the caller. */
export const createWorkspace = procedure('workspace.create')
  .input(z.object({ title }))
  .mutation(({ ctx, input }) => create(ctx.services.database.db, ctx.actor.id, input.title));
