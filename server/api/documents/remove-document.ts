import { z } from 'zod';
import { setRemoved } from '@/server/domain/documents/documents.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Moves a document to the bin; its runs stay. */
export const removeDocument = procedure('document.remove')
  .input(z.object({ id }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ document: input.id });
    await setRemoved(ctx.db, input.id, true);
    ctx.services.live.close(input.id);
    return { id: input.id };
  });
