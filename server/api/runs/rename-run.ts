import { z } from 'zod';
import { cleanTitle } from '@/server/domain/documents/encode-document';
import { getRun, renameRun as rename } from '@/server/domain/runs/runs.queries';
import { notifyRun } from '@/server/events/notify';
import { id, title } from '../inputs';
import { procedure } from '../procedure';

/** Gives a run another title. */
export const renameRun = procedure('run.rename')
  .input(z.object({ id, title }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ run: input.id });
    await rename(ctx.db, input.id, cleanTitle(input.title));
    await notifyRun(ctx.db, input.id, 'state');
    return getRun(ctx.db, input.id);
  });
