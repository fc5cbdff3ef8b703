import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { checkpoints } from '@/drizzle/schema/checkpoints';
import { RECOVERY_EVERY, spreadCheckpoints } from '@/lib/engine/spread-checkpoints';
import type { Db } from '@/server/db/database';
import type { BlobStore } from '@/server/storage/blob-store';

/** So many of the newest are kept whatever they are, in case the last one cannot be read. */
const NEWEST = 2;

/**
 * Removes checkpoints that nobody will miss: the newest, the last best one, those that the log announces or people have
 * named, and a few evenly over the run stay.
 */
export async function pruneCheckpoints(db: Db, blobs: BlobStore, runId: string): Promise<void> {
  const rows = await db
    .select({
      iteration: checkpoints.iteration,
      best: checkpoints.best,
      name: checkpoints.name,
      announced: sql<boolean>`exists (
        select 1 from run_events e
        where e.run_id = ${runId} and e.type = 'checkpoint'
          and (e.event->>'iteration')::int = ${checkpoints.iteration} - 1)`,
    })
    .from(checkpoints)
    .where(eq(checkpoints.runId, runId))
    .orderBy(checkpoints.iteration);
  const iterations = rows.map(({ iteration }) => iteration);
  const kept = new Set([
    ...iterations.slice(-NEWEST),
    ...spreadCheckpoints(iterations, RECOVERY_EVERY),
    ...rows.flatMap(({ iteration, announced, name }) => (announced || name !== null ? [iteration] : [])),
    rows.findLast(({ best }) => best)?.iteration,
  ]);
  const gone = iterations.filter((iteration) => !kept.has(iteration));
  if (gone.length === 0) return;
  const removed = await db
    .delete(checkpoints)
    // Somebody may have named one meanwhile.
    .where(and(eq(checkpoints.runId, runId), inArray(checkpoints.iteration, gone), isNull(checkpoints.name)))
    .returning({ ref: checkpoints.ref });
  for (const { ref } of removed) await blobs.remove(ref);
}
