import { sql } from 'drizzle-orm';
import { type Queryable, rowsOf } from '@/server/db/database';
import { CONTROL_CHANNEL, RUN_CHANNEL } from './channels';
import { payloadOf } from './run-payload';

/** Sends a notification; inside a transaction it goes out at commit. */
async function notify(db: Queryable, channel: string, payload: string): Promise<void> {
  await rowsOf(db, sql`select pg_notify(${channel}, ${payload})`);
}

/** Tells those who watch a run that it has news. */
export const notifyRun = (db: Queryable, runId: string, news: 'events' | 'state'): Promise<void> =>
  notify(db, RUN_CHANNEL, payloadOf(runId, news));

/** Tells the workers to read again what the owner wants of a run. */
export const notifyControl = (db: Queryable, runId: string): Promise<void> => notify(db, CONTROL_CHANNEL, runId);
