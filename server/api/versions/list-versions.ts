import { z } from 'zod';
import { listVersions as list } from '@/server/domain/versions/versions.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Named versions of a document, newest first. */
export const listVersions = procedure('version.list')
  .input(z.object({ documentId: id }))
  .query(async ({ ctx, input }) => {
    await ctx.authorise({ document: input.documentId });
    return list(ctx.db, input.documentId);
  });
