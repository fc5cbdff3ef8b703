import { sql } from 'drizzle-orm';
import { type Db, rowsOf } from '@/server/db/database';
import type { BlobStore } from '@/server/storage/blob-store';

/** So many of the newest are kept whatever they are, in case the last one cannot be read. */
const NEWEST = 2;

/** Removes checkpoints that were for recovery only: the newest, the last best one, and those that the log announces stay. */
export async function pruneCheckpoints(db: Db, blobs: BlobStore, runId: string): Promise<void> {
  const rows = await rowsOf<{ ref: string }>(
    db,
    sql`
    delete from checkpoints c
    where c.run_id = ${runId}
      and c.iteration is distinct from (
        select max(b.iteration) from checkpoints b where b.run_id = ${runId} and b.best)
      and c.iteration not in (
        select n.iteration from checkpoints n where n.run_id = ${runId} order by n.iteration desc limit ${NEWEST})
      and not exists (
        select 1 from run_events e
        where e.run_id = c.run_id and e.type = 'checkpoint' and (e.event->>'iteration')::int = c.iteration - 1)
    returning c.ref`,
  );
  for (const { ref } of rows) await blobs.remove(ref);
}
