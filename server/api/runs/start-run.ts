import { z } from 'zod';
import { startRun as start } from '@/server/domain/runs/start-run';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Compiles the document as it is now and queues a run of it, or says what stands in the way. */
export const startRun = procedure('run.start')
  .input(
    z.object({
      documentId: id,
      preset: z
        .string()
        .max(100)
        .regex(/^\P{Cc}*$/u, 'a name has no control characters')
        .optional(),
      seed: z.number().int().min(0).max(2_147_483_647).optional(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { workspaceId } = await ctx.authorise({ document: input.documentId });
    const { live, queue, builtIn, database } = ctx.services;
    return start({ db: database.db, live, queue, builtIn }, { ...input, workspaceId, userId: ctx.actor.id });
  });
