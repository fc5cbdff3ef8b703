import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { migrateDatabase } from '@/server/db/migrate';
import { projectRoot } from '@/server/engine/project';
import { startEmbeddedPostgres } from '@/server/launcher/embedded-postgres';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the test run's PostgreSQL; the database's name comes behind it. */
    postgresUrl: string;
  }
}

const TEMPLATE = 'netloom';

/** Global set-up: one PostgreSQL for all files of a test run, with a migrated database to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-postgres-'));
  const server = await startEmbeddedPostgres({
    project: projectRoot,
    folder,
    password: randomBytes(12).toString('hex'),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
  await migrateDatabase(server.url(TEMPLATE), join(projectRoot, 'drizzle/migrations'));
  project.provide('postgresUrl', server.url(''));
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A fresh database with the whole schema, for one file. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new Client({ connectionString: `${server}postgres` });
  await admin.connect();
  // Two copies of one template at once are refused: files take turns.
  await admin.query('select pg_advisory_lock(1)');
  await admin.query(`create database ${name} template ${TEMPLATE}`);
  await admin.query('select pg_advisory_unlock(1)');
  return {
    url: `${server}${name}`,
    async drop() {
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
