import { and, eq } from 'drizzle-orm';
import { checkpoints } from '@/drizzle/schema/checkpoints';
import type { Queryable } from '@/server/db/database';
import { AppError } from '@/server/errors/app-error';

/** Names a checkpoint, which then stays; null takes the name away. Throws `conflict` where the run has no such one any more. */
export async function nameCheckpoint(
  db: Queryable,
  { runId, iteration, name }: { runId: string; iteration: number; name: string | null },
): Promise<void> {
  const named = await db
    .update(checkpoints)
    .set({ name })
    .where(and(eq(checkpoints.runId, runId), eq(checkpoints.iteration, iteration)))
    .returning({ iteration: checkpoints.iteration });
  if (named.length === 0)
    throw new AppError(
      'conflict',
      `The checkpoint of iteration ${iteration} is gone: newer ones took its place. Name another.`,
    );
}
