import { z } from 'zod';
import type { DocumentDetail } from '@/lib/protocol/service';
import { getDocument as get } from '@/server/domain/documents/documents.queries';
import { id } from '../inputs';
import { procedure } from '../procedure';

/** One document without its content (that is the editor's, by `/ws/collab`), and what the caller may do with it. */
export const getDocument = procedure('document.read')
  .input(z.object({ id }))
  .query(async ({ ctx, input }): Promise<DocumentDetail> => {
    const { role } = await ctx.authorise({ document: input.id });
    return { ...(await get(ctx.db, input.id)), role };
  });
