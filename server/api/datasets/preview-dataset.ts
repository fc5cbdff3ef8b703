import { z } from 'zod';
import { id } from '../inputs';
import { procedure } from '../procedure';
import { readableCard } from './readable-card';

/** The first rows of a split, ready to draw. `id` is the card's, such as `mnist` or `upload:…`. */
export const previewDataset = procedure('dataset.list')
  .input(z.object({ workspaceId: id, id, split: z.enum(['train', 'validation', 'test']).default('train') }))
  .query(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    await readableCard(ctx, input.workspaceId, input.id);
    return ctx.services.preview(input.id, input.split);
  });
