import { drizzle, type PostgresJsDatabase, type PostgresJsTransaction } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

export type Db = PostgresJsDatabase<Record<string, never>>;
type Transaction = PostgresJsTransaction<Record<string, never>, Record<string, never>>;
/** The database or an open transaction: what queries take. */
export type Queryable = Db | Transaction;

export interface Database {
  db: Db;
  /** The pool below, for LISTEN and for what Drizzle has no words for. */
  sql: postgres.Sql;
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
  const sql = postgres(url, {
    max: options.connections ?? 10,
    idle_timeout: 60,
    connect_timeout: 10,
    // PostgreSQL comes back within a second or two: a long back-off would only add to it.
    backoff: (retries: number) => Math.min(1, 0.1 * retries),
    onnotice: () => undefined,
    connection: { application_name: options.name ?? 'netloom' },
  });
  return { db: drizzle(sql), sql, close: () => sql.end({ timeout: 5 }) };
}
