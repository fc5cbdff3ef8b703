import { z } from 'zod';
import { createDocument as create } from '@/server/domain/documents/create-document';
import { getDocument } from '@/server/domain/documents/documents.queries';
import { id, title } from '../inputs';
import { procedure } from '../procedure';

const from = z.union([
  z.strictObject({ gallery: z.string().max(100) }),
  z.strictObject({ document: z.unknown().refine((value) => value !== undefined, 'a document is expected') }),
  z.strictObject({ empty: title }),
  z.strictObject({
    child: z.strictObject({ run: id, sink: z.string().max(1000), set: z.record(z.string(), z.json()) }),
  }),
]);

/** A new document: from the gallery, from a file's JSON, empty, or what a run's search has tried. */
export const createDocument = procedure('document.create')
  .input(z.object({ workspaceId: id, from }))
  .mutation(async ({ ctx, input }) => {
    await ctx.authorise({ workspace: input.workspaceId });
    if ('child' in input.from) await ctx.authorise({ run: input.from.child.run });
    const made = await create(ctx.db, ctx.services.gallery, {
      workspaceId: input.workspaceId,
      from: input.from,
      userId: ctx.actor.id,
    });
    return getDocument(ctx.db, made);
  });
