import { z } from 'zod';
import { uploadedCards } from '@/server/domain/datasets/datasets.queries';
import { AppError, notFound } from '@/server/errors/app-error';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** The first rows of a split, ready to draw. `id` is the card's, such as `mnist` or `upload:…`. */
export const previewDataset = procedure('dataset.list')
  .input(z.object({ workspaceId: id, id, split: z.enum(['train', 'validation', 'test']).default('train') }))
  .query(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    const cards = { ...ctx.services.builtIn(), ...(await uploadedCards(ctx.db, input.workspaceId)) };
    const card = Object.hasOwn(cards, input.id) ? cards[input.id] : undefined;
    if (!card) throw notFound('data set');
    if (card.missing) throw new AppError('unavailable', `${card.title} is not on this machine. ${card.missing}`);
    return ctx.services.preview(input.id, input.split);
  });
