import { sql } from 'drizzle-orm';
import { type Queryable, rowsOf } from '@/server/db/database';

/** Points of a thumbnail curve. */
const POINTS = 40;

/** The training loss of each run, thinned to a thumbnail's width; runs without a finite loss are left out. */
export async function lossSeries(db: Queryable, runIds: string[]): Promise<Map<string, number[]>> {
  const series = new Map<string, number[]>();
  if (runIds.length === 0) return series;
  const rows = await rowsOf<{ run_id: string; loss: number }>(
    db,
    sql`
    with losses as (
      select run_id, seq, (event->'values'->>'train.loss')::float8 as loss,
        ntile(${POINTS}) over (partition by run_id order by seq) as tile
      from run_events
      where run_id in ${runIds} and type = 'metrics' and event->'values'->>'train.loss' is not null
    )
    select run_id, avg(loss) as loss from losses group by run_id, tile order by run_id, tile`,
  );
  for (const { run_id, loss } of rows) series.set(run_id, [...(series.get(run_id) ?? []), Number(loss)]);
  return series;
}
