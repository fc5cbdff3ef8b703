import { z } from 'zod';
import { createDocument as create } from '@/server/domain/documents/create-document';
import { getDocument } from '@/server/domain/documents/documents.queries';
import { id, title } from '../inputs';
import { procedure } from '../procedure';

const from = z.union([
  z.strictObject({ gallery: z.string().max(100) }),
  z.strictObject({ document: z.unknown().refine((value) => value !== undefined, 'a document is expected') }),
  z.strictObject({ empty: title }),
]);

/** A new document: from the gallery, from a file's JSON, or empty. */
export const createDocument = procedure('document.create')
  .input(z.object({ workspaceId: id, from }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    const made = await create(ctx.db, ctx.services.gallery, {
      workspaceId: input.workspaceId,
      from: input.from,
      userId: ctx.actor.id,
    });
    return getDocument(ctx.db, made);
  });
