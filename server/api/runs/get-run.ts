import { z } from 'zod';
import { getRun as get } from '@/server/domain/runs/runs.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** One run. */
export const getRun = procedure('run.read')
  .input(z.object({ id }))
  .query(async ({ ctx, input }) => {
    await ctx.authorise({ run: input.id });
    return get(ctx.db, input.id);
  });
