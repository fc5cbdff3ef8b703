import { z } from 'zod';
import { workspaceAssets } from '@/server/domain/assets/assets.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** What the workspace's files of trained weights hold. */
export const listAssets = procedure('asset.list')
  .input(z.object({ workspaceId: id }))
  .query(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    return Object.values(await workspaceAssets(ctx.db, input.workspaceId));
  });
