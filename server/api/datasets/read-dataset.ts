import { z } from 'zod';
import { id } from '../inputs';
import { procedure } from '../procedure';
import { readableCard } from './readable-card';

/** The first rows of every split, as stored: what a page trains a preview on. */
export const readDataset = procedure('dataset.list')
  .input(z.object({ workspaceId: id, id }))
  .query(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    await readableCard(ctx, input.workspaceId, input.id);
    return ctx.services.rows(input.id);
  });
