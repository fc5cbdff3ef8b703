import { z } from 'zod';
import { deleteVersion } from '@/server/domain/versions/versions.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Forgets a version; the document stays as it is. */
export const removeVersion = procedure('version.remove')
  .input(z.object({ documentId: id, id }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ document: input.documentId });
    await deleteVersion(ctx.db, input.documentId, input.id);
    return { id: input.id };
  });
