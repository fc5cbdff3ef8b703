import { z } from 'zod';
import { runCommand } from '@/lib/protocol/run-event';
import { commandRun as give } from '@/server/domain/runs/command-run';
import { getRun } from '@/server/domain/runs/runs.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Steps a paused run, or changes a number or the length of one that has not ended. */
export const commandRun = procedure('run.control')
  .input(z.object({ id, command: runCommand }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ run: input.id });
    const { database, queue } = ctx.services;
    await give(database.db, queue, { runId: input.id, userId: ctx.actor.id, command: input.command });
    return getRun(ctx.db, input.id);
  });
