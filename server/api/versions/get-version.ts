import { z } from 'zod';
import { readVersion } from '@/server/domain/versions/versions.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** The document as it was in a version. */
export const getVersion = procedure('version.read')
  .input(z.object({ documentId: id, id }))
  .query(async ({ ctx, input }) => {
    await ctx.authorise({ document: input.documentId });
    return readVersion(ctx.db, input.documentId, input.id);
  });
