import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';

/** Any number; the same in every process that migrates. */
const LOCK = 7_301_977;

/**
 * Brings the schema up to date. An advisory lock keeps processes that start together (several hosts on one database)
 * from doing it twice; it ends with the connection. `folder`: `drizzle/migrations` of the project.
 */
export async function migrateDatabase(url: string, folder: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await migrate(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end();
  }
}
