import { z } from 'zod';
import { cancelRun as cancel } from '@/server/domain/runs/control-run';
import { getRun } from '@/server/domain/runs/runs.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Ends a run for good. */
export const cancelRun = procedure('run.control')
  .input(z.object({ id }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ run: input.id });
    await cancel(ctx.services.database.db, input.id);
    return getRun(ctx.db, input.id);
  });
