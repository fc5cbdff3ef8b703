import { z } from 'zod';
import { setRemoved } from '@/server/domain/documents/documents.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Takes a document out of the bin. */
export const restoreDocument = procedure('document.restore')
  .input(z.object({ id }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ document: input.id });
    await setRemoved(ctx.db, input.id, false);
    return { id: input.id };
  });
