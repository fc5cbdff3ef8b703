import { z } from 'zod';
import { listLibrary as list } from '@/server/domain/library/library.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Blocks that the workspace shares. */
export const listLibrary = procedure('library.list')
  .input(z.object({ workspaceId: id }))
  .query(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    return list(ctx.db, input.workspaceId);
  });
