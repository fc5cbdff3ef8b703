import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { required } from '@/lib/base/invariant';
import { migrateDatabase } from '@/server/db/migrate';
import { throughOutage } from '@/server/db/outage';
import { projectRoot } from '@/server/engine/project';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/server/launcher/embedded-postgres';
import { timeless } from '@/tests/helpers/collect-run';
import { mlpDocument } from '@/tests/helpers/programs';
import { until } from '@/tests/helpers/service';
import { type TestWorkers, testWorkers } from '@/tests/helpers/worker';

const folder = mkdtempSync(join(tmpdir(), 'netloom-outage-'));
let server: EmbeddedPostgres;
let workers: TestWorkers;
beforeAll(async () => {
  server = await startEmbeddedPostgres({ project: projectRoot, folder, password: 'secret' });
  await migrateDatabase(server.url(), join(projectRoot, 'drizzle/migrations'));
  workers = await testWorkers({ url: server.url(), drop: async () => undefined });
});
afterAll(async () => {
  await workers.stop({ outage: true });
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('PostgreSQL is killed in the middle of a run: training goes on, and nothing is lost or doubled', async () => {
  const document = mlpDocument('digits', 'image', [24, 10], { dropout: 0.2, epochs: 20 });
  const whole = await workers.start(document);
  expect((await workers.ended(whole)).status).toBe('succeeded');

  const id = await workers.start(document);
  await until(async () => ((await workers.run(id)).progress?.iteration ?? 0) >= 60);
  process.kill(required(server.pid(), 'PostgreSQL'), 'SIGKILL');
  const ended = await throughOutage(() => workers.ended(id));
  expect(ended).toMatchObject({ status: 'succeeded', reason: null });
  expect(ended.slices).toBe(1);
  expect((await workers.events(id)).map(timeless)).toEqual((await workers.events(whole)).map(timeless));
  expect((await workers.checkpoint(id)).tensors).toEqual((await workers.checkpoint(whole)).tensors);
});
