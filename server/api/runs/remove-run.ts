import { z } from 'zod';
import { removeRun as remove } from '@/server/domain/runs/control-run';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Removes a run that does not train any more, with its log, checkpoints and files. */
export const removeRun = procedure('run.remove')
  .input(z.object({ id }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ run: input.id });
    await remove(ctx.services.database.db, ctx.services.blobs, input.id);
    return { id: input.id };
  });
