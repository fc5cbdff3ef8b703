import type { SQL } from 'drizzle-orm';
import { drizzle, type NodePgDatabase, type NodePgTransaction } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';

export type Db = NodePgDatabase<Record<string, never>>;
type Transaction = NodePgTransaction<Record<string, never>, Record<string, never>>;
/** The database or an open transaction: what queries take. */
export type Queryable = Db | Transaction;

export interface Database {
  db: Db;
  /** For LISTEN, which needs a connection of its own. */
  url: string;
  /** Waits for what runs, at most five seconds. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections of this process. */
  connections?: number;
  /** Shown in `pg_stat_activity`. */
  name?: string;
}

/** Opens a pool; connects at the first query and again whenever PostgreSQL was away. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new Pool({
    connectionString: url,
    max: options.connections ?? 10,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: options.name ?? 'netloom',
  });
  // A lost connection is told by the query that was on it; without a query there is nobody to tell.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    db: drizzle(pool),
    url,
    async close() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, 5_000).unref());
      await Promise.race([pool.end(), late]);
    },
  };
}

/** Rows of a query that Drizzle has no words for. */
export async function rowsOf<Row extends Record<string, unknown>>(db: Queryable, query: SQL): Promise<Row[]> {
  return (await db.execute(query)).rows as Row[];
}
