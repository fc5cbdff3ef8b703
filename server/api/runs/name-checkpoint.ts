import { z } from 'zod';
import { cleanTitle } from '@/server/domain/documents/encode-document';
import { nameCheckpoint as name } from '@/server/domain/runs/name-checkpoint';
import { id, iteration, title } from '../inputs';
import { procedure } from '../procedure';

/** Gives a checkpoint of a run a name, or takes it away. */
export const nameCheckpoint = procedure('run.rename')
  .input(z.object({ id, iteration, name: title.nullable() }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ run: input.id });
    const given = input.name === null ? null : cleanTitle(input.name);
    await name(ctx.db, { runId: input.id, iteration: input.iteration, name: given });
  });
