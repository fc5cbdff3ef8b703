import { z } from 'zod';
import { getDocument } from '@/server/domain/documents/documents.queries';
import { cleanTitle } from '@/server/domain/documents/encode-document';
import { id, title } from '../inputs';
import { procedure } from '../procedure';

/** Gives a document another title, in the document itself: open editors see it at once. */
export const renameDocument = procedure('document.edit')
  .input(z.object({ id, title }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ document: input.id });
    await ctx.services.live.apply(input.id, { do: 'set-document', set: { title: cleanTitle(input.title) } });
    return getDocument(ctx.db, input.id);
  });
