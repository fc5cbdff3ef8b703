import { z } from 'zod';
import { insertVersion, listVersions } from '@/server/domain/versions/versions.queries';
import { id, title } from '../inputs';
import { procedure } from '../procedure';

/** Keeps the document as it is now under a name. */
export const saveVersion = procedure('version.save')
  .input(z.object({ documentId: id, name: title }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ document: input.documentId });
    const document = await ctx.services.live.read(input.documentId);
    const made = await insertVersion(ctx.db, { ...input, document, userId: ctx.actor.id });
    return (await listVersions(ctx.db, input.documentId)).find((version) => version.id === made);
  });
