import { z } from 'zod';
import { deleteDataset } from '@/server/domain/datasets/datasets.queries';
import { notFound } from '@/server/errors/app-error';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Removes an upload and its file. Runs that were started with it cannot go on. */
export const removeDataset = procedure('dataset.remove')
  .input(
    z.object({
      workspaceId: id,
      id: z
        .string()
        .regex(/^upload:/, 'only uploads can be removed')
        .max(80),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const dataset = input.id.slice('upload:'.length);
    const { workspaceId } = await ctx.authorise({ dataset });
    if (workspaceId !== input.workspaceId) throw notFound('data set');
    const ref = await deleteDataset(ctx.db, workspaceId, dataset);
    if (ref) await ctx.services.removeUpload(ref);
    return { id: input.id };
  });
