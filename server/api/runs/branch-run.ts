import { z } from 'zod';
import { branchRun as branch } from '@/server/domain/runs/branch-run';
import { id, iteration } from '../inputs';
import { procedure } from '../procedure';

const length = z.union([
  z.object({ epochs: z.number().positive().max(1_000_000) }),
  z.object({ iterations: z.number().int().min(1).max(1_000_000_000) }),
]);

/** Queues a run that begins at a checkpoint of another one, or says what stands in the way. */
export const branchRun = procedure('run.start')
  .input(
    z.object({
      id,
      iteration: iteration.optional(),
      document: z.enum(['run', 'now']).default('run'),
      numbers: z
        .array(z.object({ path: id, param: z.string().max(100), value: z.number() }))
        .max(500)
        .default([]),
      length: length.optional(),
      seed: z.number().int().min(0).max(2_147_483_647).optional(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ run: input.id });
    const { live, queue, builtIn, database, blobs } = ctx.services;
    const { id: runId, ...asked } = input;
    return branch({ db: database.db, live, queue, builtIn, blobs }, { ...asked, runId, userId: ctx.actor.id });
  });
