import { z } from 'zod';
import { renameVersion as rename } from '@/server/domain/versions/versions.queries';
import { id, title } from '../inputs';
import { procedure } from '../procedure';

/** Gives a version another name. */
export const renameVersion = procedure('version.save')
  .input(z.object({ documentId: id, id, name: title }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ document: input.documentId });
    await rename(ctx.db, input.documentId, input.id, input.name);
    return { id: input.id };
  });
