import { z } from 'zod';
import { uploadedCards } from '@/server/domain/datasets/datasets.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Cards of the data sets that come with Netloom and of the workspace's uploads. */
export const listDatasets = procedure('dataset.list')
  .input(z.object({ workspaceId: id }))
  .query(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    const own = await uploadedCards(ctx.db, input.workspaceId);
    return [...Object.values(own), ...Object.values(ctx.services.builtIn())];
  });
