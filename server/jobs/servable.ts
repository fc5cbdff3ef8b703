import { sql } from 'drizzle-orm';

/** A run `r` that a worker may take: one that waits, and a search only when its children have ended. */
export const isServable = sql`r.status = 'queued' and not exists (
  select 1 from runs c
  where c.search_id = r.id and c.status not in ('succeeded', 'failed', 'cancelled', 'diverged'))`;
