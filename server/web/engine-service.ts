import { sql } from 'drizzle-orm';
import type { EngineStatus } from '@/lib/protocol/service';
import { type Db, rowsOf } from '@/server/db/database';
import { doctor } from '@/server/engine/doctor';
import type { ToChild } from '@/server/launcher/child-messages';

/** Trying an engine out takes a second or two: the answer is kept for so long. */
const KEPT = 60_000;

export interface EngineService {
  status(): Promise<EngineStatus>;
  /** What the launcher tells of an installation that goes on. */
  onProgress(progress: ToChild['progress']): void;
}

/** What trains here, with a line on an installation that goes on. */
export function engineService(db: Db): EngineService {
  let asked: { at: number; report: ReturnType<typeof doctor> } | null = null;
  let progress: ToChild['progress'] = null;
  return {
    async status() {
      if (!asked || Date.now() - asked.at > KEPT) {
        asked = { at: Date.now(), report: doctor() };
        asked.report.catch(() => {
          asked = null;
        });
      }
      const [{ problems, ...report }, workers] = await Promise.all([asked.report, countWorkers(db)]);
      const { engine, device, memoryBytes, versions } = report;
      return { engine, device, memoryBytes, versions, workers, problems: progress ? [installing(progress)] : problems };
    },
    onProgress(next) {
      if (next === null) asked = null;
      progress = next;
    },
  };
}

const installing = ({ text, fraction }: NonNullable<ToChild['progress']>): EngineStatus['problems'][number] => ({
  code: 'installing',
  message: `The native engine is being installed: ${text}${fraction === null ? '' : `, ${Math.round(fraction * 100)} %`}.`,
  fix: 'Nothing to do; runs that start later use it.',
});

/** Each worker opens its connections under a name of its own, `netloom-worker-…`. */
async function countWorkers(db: Db): Promise<number> {
  const [row] = await rowsOf<{ workers: number }>(
    db,
    sql`
    select count(distinct application_name)::int as workers
    from pg_stat_activity
    where datname = current_database() and application_name like 'netloom-worker%'`,
  );
  return row?.workers ?? 0;
}
