import { z } from 'zod';
import { pauseRun as pause } from '@/server/domain/runs/control-run';
import { getRun } from '@/server/domain/runs/runs.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Asks a run to write a checkpoint and stop for now. */
export const pauseRun = procedure('run.control')
  .input(z.object({ id }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ run: input.id });
    await pause(ctx.services.database.db, input.id);
    return getRun(ctx.db, input.id);
  });
