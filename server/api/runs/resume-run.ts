import { z } from 'zod';
import { resumeRun as resume } from '@/server/domain/runs/control-run';
import { getRun } from '@/server/domain/runs/runs.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Lets a paused run go on from its checkpoint. */
export const resumeRun = procedure('run.control')
  .input(z.object({ id }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ run: input.id });
    await resume(ctx.services.database.db, ctx.services.queue, input.id);
    return getRun(ctx.db, input.id);
  });
