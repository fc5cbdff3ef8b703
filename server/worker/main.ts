import { hostname } from 'node:os';
import pino from 'pino';
import { openDatabase } from '@/server/db/database';
import { throughOutage } from '@/server/db/outage';
import { chooseEngine } from '@/server/engine/choose-engine';
import { defaultThreads } from '@/server/engine/engine-environment';
import { projectRoot } from '@/server/engine/project';
import { readEnv } from '@/server/env/env';
import { CONTROL_CHANNEL } from '@/server/events/channels';
import { listen } from '@/server/events/listen';
import { claimSlice, type Worker } from '@/server/jobs/claim-slice';
import { rescueRuns } from '@/server/jobs/rescue-runs';
import { openSliceQueue } from '@/server/jobs/slice-queue';
import { onAskedToStop, type ToChild, tellLauncher } from '@/server/launcher/child-messages';
import { localFolder } from '@/server/storage/local-folder';
import { ChildPool } from './child-pool';
import { Slice } from './slice';

/** Milliseconds between looks for what a crash left behind. */
const RESCUE = 3_000;
/** A new spare child is loaded once the run's own has begun. */
const SPARE_DELAY = 1_000;

/** A worker: takes slices from the queue, one at a time, and has a child train each. */
async function main(): Promise<void> {
  const env = readEnv(process.env, projectRoot);
  if (!env.databaseUrl) throw new Error('DATABASE_URL is not set. Start Netloom with npm start.');
  const log = pino({ name: 'worker', level: env.logLevel === 'info' ? 'warn' : env.logLevel });
  // The workers of one machine share its cores.
  const threads = Math.max(1, Math.floor(defaultThreads() / Math.max(1, env.workers)));
  const worker: Worker = { host: hostname(), pid: process.pid, threads };
  const database = openDatabase(env.databaseUrl, { name: `netloom-worker-${process.pid}`, connections: 4 });
  const { db } = database;
  const { databaseUrl } = env;
  const queue = await throughOutage(() =>
    openSliceQueue(databaseUrl, {
      supervise: true,
      onError: (error) => log.warn({ error: String(error) }, 'queue'),
    }),
  );
  const pool = new ChildPool(
    process.env,
    worker.threads,
    () => chooseEngine().engine,
    (line) => log.warn({ line }, 'training child'),
  );
  const blobs = localFolder(env.blobs);
  let slice: Slice | null = null;
  let stopping = false;

  const reread = (): void => {
    slice?.reread().catch((error: unknown) => log.warn({ error: String(error) }, 'control'));
  };
  await throughOutage(() =>
    listen(database, CONTROL_CHANNEL, {
      onNotify(runId) {
        if (slice?.runId === runId) reread();
      },
      onReady: reread,
    }),
  );
  const rescue = (): void => {
    if (!stopping)
      rescueRuns(db, queue, worker).catch((error: unknown) => log.warn({ error: String(error) }, 'rescue'));
  };
  rescue();
  const rescuing = setInterval(rescue, RESCUE);
  pool.prepare();

  let serving: Promise<void> = Promise.resolve();
  const serve = async (jobId: string): Promise<void> => {
    // Given back to the queue.
    if (stopping) throw new Error('This worker is stopping.');
    const claim = await throughOutage(() => claimSlice(db, jobId, worker));
    if (!claim) return;
    slice = new Slice({ db, blobs, pool, worker, jobId, log, requeue: (runId) => queue.enqueue(runId) }, claim);
    const spare = setTimeout(() => pool.prepare(), SPARE_DELAY);
    try {
      await slice.serve();
    } finally {
      slice = null;
      clearTimeout(spare);
      if (!stopping) pool.prepare();
    }
  };
  await queue.work((jobId) => {
    serving = serve(jobId);
    return serving;
  });

  onAskedToStop(async () => {
    stopping = true;
    clearInterval(rescuing);
    slice?.yield();
    await serving.catch(() => undefined);
    await queue.close();
    pool.close();
    await database.close();
  }, 11_000);
  process.on('message', (message: ToChild) => {
    // The native engine has come: the next run shall have it.
    if (message.say === 'engine' && message.progress === null) pool.renew();
  });
  tellLauncher({ say: 'ready' });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
  process.disconnect?.();
  setTimeout(() => process.exit(1), 200).unref();
});
