import { z } from 'zod';
import { removeLibraryBlock as remove } from '@/server/domain/library/library.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Takes a block out of the workspace's library; documents keep their copies. */
export const removeLibraryBlock = procedure('library.remove')
  .input(z.object({ workspaceId: id, id }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    await remove(ctx.db, input.workspaceId, input.id);
  });
