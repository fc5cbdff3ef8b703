import { z } from 'zod';
import { listRuns as list } from '@/server/domain/runs/runs.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** Runs of a workspace, or of one document in it, newest first. */
export const listRuns = procedure('run.list')
  .input(z.object({ workspaceId: id, documentId: id.optional(), limit: z.number().int().min(1).max(500).default(200) }))
  .query(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    return list(ctx.db, input, input.limit);
  });
