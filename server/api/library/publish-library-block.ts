import { z } from 'zod';
import { parseLibraryBlock } from '@/lib/graph/parse-library-block';
import { publishBlock } from '@/server/domain/library/library.queries';
import { AppError } from '@/server/errors/app-error';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Shares a block with the workspace; with an id, as the new version of that one. */
export const publishLibraryBlock = procedure('library.publish')
  .input(z.object({ workspaceId: id, id: id.optional(), content: z.unknown() }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    const content = parseLibraryBlock(input.content);
    if (!content)
      throw new AppError('invalid', 'This is not a block. Expected root, blocks and layout as packBlock gives them.');
    return publishBlock(ctx.db, { workspaceId: input.workspaceId, id: input.id, content, userId: ctx.actor.id });
  });
