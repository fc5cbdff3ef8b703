import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase, rowsOf } from '@/server/db/database';
import { throughOutage } from '@/server/db/outage';
import { projectRoot } from '@/server/engine/project';
import { toAppError } from '@/server/errors/app-error';
import { notifyRun } from '@/server/events/notify';
import { openRunNews, type RunNewsHub } from '@/server/events/run-news';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/server/launcher/embedded-postgres';
import { until } from '@/tests/helpers/service';

/** PostgreSQL of its own, which is killed while queries, transactions and a subscription are under way. */
const folder = mkdtempSync(join(tmpdir(), 'netloom-outage-'));
let postgres: EmbeddedPostgres;
let database: Database;
let news: RunNewsHub;
beforeAll(async () => {
  postgres = await startEmbeddedPostgres({ project: projectRoot, folder, password: 'secret of a test' });
  database = openDatabase(postgres.url(), { connections: 8 });
  await rowsOf(database.db, sql`create table counted (at int primary key)`);
  news = await openRunNews(database);
});
afterAll(async () => {
  await news.close();
  await database.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('three kills in a row lose no acknowledged row, hang nothing and crash nothing', async () => {
  const { db } = database;
  const acknowledged: number[] = [];
  const unexpected: unknown[] = [];
  let next = 0;
  let going = true;
  const writer = async () => {
    while (going) {
      const at = next++;
      try {
        await db.transaction(async (tx) => {
          await rowsOf(tx, sql`insert into counted values (${at})`);
          await rowsOf(tx, sql`select pg_sleep(0.001)`);
        });
        acknowledged.push(at);
      } catch (error) {
        if (toAppError(error).code !== 'unavailable') unexpected.push(error);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  };
  const writers = Array.from({ length: 12 }, writer);
  for (let kill = 0; kill < 3; kill++) {
    const before = acknowledged.length;
    await until(() => acknowledged.length > before + 50);
    const pid = postgres.pid() ?? 0;
    process.kill(pid, 'SIGKILL');
    await until(() => postgres.pid() !== pid);
  }
  const last = acknowledged.length;
  await until(() => acknowledged.length > last + 50);
  going = false;
  await Promise.all(writers);
  expect(unexpected).toEqual([]);
  const kept = new Set((await rowsOf<{ at: number }>(db, sql`select at from counted`)).map(({ at }) => at));
  expect(acknowledged.filter((at) => !kept.has(at))).toEqual([]);
});

test('a subscription comes back, and says so, since it may have missed something', async () => {
  const heard: string[] = [];
  const unwatch = news.watch('r1', (one) => heard.push(String(one)));
  const pid = postgres.pid() ?? 0;
  process.kill(pid, 'SIGKILL');
  await until(() => heard.includes('events') && heard.includes('state'));
  heard.length = 0;
  await throughOutage(() => notifyRun(database.db, 'r1', 'state'));
  await until(() => heard.includes('state'));
  unwatch();
});
