import { z } from 'zod';
import { runSettings as settings } from '@/server/domain/runs/run-settings';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Live numbers, length and checkpoints of a run. */
export const runSettings = procedure('run.read')
  .input(z.object({ id }))
  .query(async ({ ctx, input }) => {
    await ctx.authorise({ run: input.id });
    return settings(ctx.db, ctx.services.builtIn(), input.id);
  });
