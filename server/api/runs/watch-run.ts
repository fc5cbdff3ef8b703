import { tracked } from '@trpc/server';
import { z } from 'zod';
import type { RunUpdate } from '@/lib/protocol/service';
import { followRun } from '@/server/domain/runs/follow-run';
import { id } from '../inputs';
import { procedure, readably } from '../procedure';

/** A seq as the client got it; what is none starts from the beginning. */
const lastEventId = z
  .string()
  .nullish()
  .transform((text) => (text && /^\d{1,9}$/.test(text) ? Number(text) : -1));

/**
 * State and log of a run, live. Each item is tracked by the seq of the last event told, so that a client that was cut
 * off goes on where it was.
 */
export const watchRun = procedure('run.watch')
  .input(z.object({ id, lastEventId }))
  .subscription(async ({ ctx, input, signal, path }) => {
    await ctx.authorise({ run: input.id });
    const items = followRun({
      db: ctx.db,
      news: ctx.services.news,
      runId: input.id,
      after: input.lastEventId,
      signal: signal ?? new AbortController().signal,
      recheck: () => ctx.authorise({ run: input.id }),
    });
    return track(readably(items, path, ctx.services.log));
  });

async function* track(items: AsyncIterable<{ seq: number; update: RunUpdate }>) {
  for await (const { seq, update } of items) yield tracked(String(seq), update);
}
