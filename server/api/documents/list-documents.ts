import { z } from 'zod';
import { listDocuments as list } from '@/server/domain/documents/documents.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Documents of a workspace, last edited first; `removed`: those in the bin instead. */
export const listDocuments = procedure('document.list')
  .input(z.object({ workspaceId: id, removed: z.boolean().optional() }))
  .query(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    return list(ctx.db, input.workspaceId, input.removed === true);
  });
