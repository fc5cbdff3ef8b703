import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, desc, eq } from 'drizzle-orm';
import { checkpoints } from '@/drizzle/schema/checkpoints';
import { documents } from '@/drizzle/schema/documents';
import { runEvents } from '@/drizzle/schema/run-events';
import { runs } from '@/drizzle/schema/runs';
import { user } from '@/drizzle/schema/user';
import { workspaces } from '@/drizzle/schema/workspaces';
import { randomId } from '@/lib/base/ids';
import { required } from '@/lib/base/invariant';
import type { Checkpoint } from '@/lib/engine/checkpoint';
import { readCheckpoint } from '@/lib/engine/checkpoint-file';
import type { Document } from '@/lib/graph/document';
import type { RunEvent } from '@/lib/protocol/run-event';
import { type Database, openDatabase } from '@/server/db/database';
import { insertRun } from '@/server/domain/runs/runs.queries';
import { projectRoot } from '@/server/engine/project';
import { openSliceQueue, type SliceQueue } from '@/server/jobs/slice-queue';
import { type Supervised, supervise } from '@/server/launcher/supervise';
import { localFolder } from '@/server/storage/local-folder';
import { type TestDatabase, testDatabase } from './postgres';
import { programOf } from './programs';
import { until } from './service';

/** A database, a queue and workers as the launcher keeps them, without a web process. */
export interface TestWorkers {
  database: Database;
  queue: SliceQueue;
  home: string;
  worker: Supervised;
  /** Stores a run of the document and hands it to the queue. Workspaces are made on first use. */
  start(document: Document, options?: { seed?: number; workspace?: string; enqueue?: boolean }): Promise<string>;
  run(id: string): Promise<typeof runs.$inferSelect>;
  events(id: string): Promise<RunEvent[]>;
  /** Waits until the run is in one of these states, and answers it. */
  ended(id: string): Promise<typeof runs.$inferSelect>;
  /** The newest checkpoint. */
  checkpoint(id: string): Promise<Checkpoint>;
  /** Kills the training child at work as `kill -9` does. */
  killChild(): void;
  /** How many others wait with their engine loaded. */
  spares(): number;
  /** `outage`: the queue may have lost its connection meanwhile. */
  stop(after?: { outage: boolean }): Promise<void>;
}

const FINAL = ['succeeded', 'failed', 'cancelled', 'diverged'];

/** `copy`: a database of one's own with the schema, where the shared server will not do. */
export async function testWorkers(copy?: TestDatabase): Promise<TestWorkers> {
  return openWorkers(copy ?? (await testDatabase()));
}

async function openWorkers(copy: TestDatabase): Promise<TestWorkers> {
  const home = mkdtempSync(join(tmpdir(), 'netloom-worker-'));
  const database = openDatabase(copy.url, { connections: 3 });
  const { db } = database;
  const failures: unknown[] = [];
  const queue = await openSliceQueue(copy.url, { supervise: false, onError: (error) => failures.push(error) });
  const userId = 'u1';
  await db.insert(user).values({ id: userId, name: 'Tester', email: 'tester@example.org' });
  const documentsOf = new Map<string, string>();

  const worker = supervise({
    name: 'worker',
    module: join(projectRoot, 'server/worker/main.ts'),
    env: { ...process.env, NETLOOM_ENGINE: 'cpu', NETLOOM_HOME: home, DATABASE_URL: copy.url },
    patience: 12_000,
  });
  await worker.ready;

  /** One document for each workspace: runs only refer to it. */
  const documentIn = async (workspaceId: string, document: Document): Promise<string> => {
    const known = documentsOf.get(workspaceId);
    if (known) return known;
    const id = randomId('d');
    await db.insert(workspaces).values({ id: workspaceId, title: workspaceId });
    await db
      .insert(documents)
      .values({ id, workspaceId, title: document.title, nodes: 1, yjs: new Uint8Array(1), snapshot: document });
    documentsOf.set(workspaceId, id);
    return id;
  };
  const run = async (id: string) => {
    const [row] = await db.select().from(runs).where(eq(runs.id, id));
    return required(row, `run ${id}`);
  };
  return {
    database,
    queue,
    home,
    worker,
    run,
    async start(document, { seed = 5, workspace = 'w1', enqueue = true } = {}) {
      const documentId = await documentIn(workspace, document);
      const program = programOf(document);
      const id = await insertRun(db, {
        title: null,
        workspaceId: workspace,
        documentId,
        userId,
        document,
        program,
        preset: null,
        seed,
      });
      if (enqueue) await queue.enqueue(id);
      return id;
    },
    async events(id) {
      const rows = await db.select().from(runEvents).where(eq(runEvents.runId, id)).orderBy(asc(runEvents.seq));
      rows.forEach(({ seq }, i) => {
        if (seq !== i) throw new Error(`The log of ${id} has a gap or a double: ${seq} at place ${i}`);
      });
      return rows.map(({ event }) => event);
    },
    async ended(id) {
      await until(async () => FINAL.includes((await run(id)).status));
      return run(id);
    },
    async checkpoint(id) {
      const [row] = await db
        .select()
        .from(checkpoints)
        .where(eq(checkpoints.runId, id))
        .orderBy(desc(checkpoints.iteration))
        .limit(1);
      return readCheckpoint(await localFolder(join(home, 'blobs')).get(required(row, 'checkpoint').ref));
    },
    killChild() {
      for (const { pid, title } of childrenOf(required(worker.pid(), 'worker')))
        if (title.startsWith('netloom-training r')) process.kill(pid, 'SIGKILL');
    },
    spares: () =>
      childrenOf(required(worker.pid(), 'worker')).filter(({ title }) => title.startsWith('netloom-training (spare)'))
        .length,
    async stop(after = { outage: false }) {
      await worker.stop();
      await queue.close();
      await database.close();
      await copy.drop();
      rmSync(home, { recursive: true, force: true });
      if (failures.length > 0 && !after.outage) throw new Error(`The queue had failures: ${String(failures[0])}`);
    },
  };
}

/** Training children say in their title what they do. */
function childrenOf(pid: number): { pid: number; title: string }[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return children.flatMap((child) => {
    try {
      return [{ pid: Number(child), title: readFileSync(`/proc/${child}/cmdline`, 'utf8') }];
    } catch {
      return [];
    }
  });
}
