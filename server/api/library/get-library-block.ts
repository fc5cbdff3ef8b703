import { z } from 'zod';
import { readLibraryBlock } from '@/server/domain/library/library.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** What a shared block holds, to bring it into a document. */
export const getLibraryBlock = procedure('library.read')
  .input(z.object({ workspaceId: id, id }))
  .query(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    return readLibraryBlock(ctx.db, input.workspaceId, input.id);
  });
