import { z } from 'zod';
import { authorise } from '@/server/domain/authorise';
import { getDocument, insertDocument } from '@/server/domain/documents/documents.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** A copy beside the original, without its runs and history. */
export const duplicateDocument = procedure('document.read')
  .input(z.object({ id }))
  .mutation(async ({ ctx, input }) => {
    const { workspaceId } = await ctx.authorise({ document: input.id });
    await authorise(ctx.db, ctx.actor, 'document.create', { workspace: workspaceId });
    const [content, original] = await Promise.all([ctx.services.live.read(input.id), getDocument(ctx.db, input.id)]);
    const made = await insertDocument(ctx.db, {
      workspaceId,
      document: { ...content, title: `${original.title} (copy)` },
      origin: original.origin,
      userId: ctx.actor.id,
    });
    return getDocument(ctx.db, made);
  });
