import { type SQL, sql } from 'drizzle-orm';
import { type Queryable, rowsOf } from '@/server/db/database';
import { CONTROL_CHANNEL, RUN_CHANNEL, type RunNews } from './channels';

/**
 * Sends a notification; inside a transaction it goes out at commit. Payloads are ids and words, never data: PostgreSQL
 * takes at most 8,000 bytes.
 */
async function notify(db: Queryable, channel: string, payload: string): Promise<void> {
  await rowsOf(db, sql`select pg_notify(${channel}, ${payload})`);
}

/** The same within a statement: it goes out where the statement comes to it. */
export const runNotification = (runId: string, news: RunNews): SQL =>
  sql`pg_notify(${RUN_CHANNEL}, ${`${news} ${runId}`})`;

/** Tells those who watch a run that it has news. */
export const notifyRun = (db: Queryable, runId: string, news: RunNews): Promise<void> =>
  notify(db, RUN_CHANNEL, `${news} ${runId}`);

/** Tells the workers to read again what the owner wants of a run. */
export const notifyControl = (db: Queryable, runId: string): Promise<void> => notify(db, CONTROL_CHANNEL, runId);
