import { z } from 'zod';
import { deleteAsset } from '@/server/domain/assets/assets.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Removes a file of trained weights. Runs that began with it go on: their checkpoints hold what they took. */
export const removeAsset = procedure('asset.remove')
  .input(z.object({ workspaceId: id, id: id.regex(/^upload:/, 'only uploads can be removed') }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    const ref = await deleteAsset(ctx.db, input.workspaceId, input.id.slice('upload:'.length));
    if (ref) await ctx.services.removeUpload(ref);
  });
