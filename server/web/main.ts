import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import type { Services } from '@/server/api/services';
import { createAuth } from '@/server/auth/auth';
import { openDatabase } from '@/server/db/database';
import { throughOutage } from '@/server/db/outage';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { previewDataset } from '@/server/domain/datasets/preview-dataset';
import { exportRun } from '@/server/domain/runs/export-run';
import { projectRoot } from '@/server/engine/project';
import { readEnv } from '@/server/env/env';
import { secretsOf } from '@/server/env/secrets';
import { openRunNews } from '@/server/events/run-news';
import { onAskedToStop, type ToChild, tellLauncher } from '@/server/launcher/child-messages';
import { createCollab } from '@/server/realtime/collab';
import { localFolder } from '@/server/storage/local-folder';
import { engineService } from './engine-service';
import { galleryService } from './gallery-service';
import { listenOn } from './listen-on';
import { nextPages } from './next-pages';
import { createWebServer } from './web-server';

/** The web process: pages, procedures, sign-in, documents and streams on one port. */
async function main(): Promise<void> {
  const env = readEnv(process.env, projectRoot);
  if (!env.databaseUrl) throw new Error('DATABASE_URL is not set. Start Netloom with npm start.');
  const dev = process.env.NODE_ENV === 'development';
  const log = pino({ name: 'web', level: env.logLevel === 'info' ? 'warn' : env.logLevel });
  const database = openDatabase(env.databaseUrl, { name: 'netloom-web', connections: 12 });
  const { db } = database;
  const news = await throughOutage(() => openRunNews(database));
  const datasets = nodeDatasets({ uploads: env.uploads, cache: env.cache });
  const builtIn = nodeDatasets({ cache: env.cache });
  const collab = createCollab(db);
  const engine = engineService(db);
  const blobs = localFolder(env.blobs);
  const tfjsBundle = join(projectRoot, 'node_modules/@tensorflow/tfjs/dist/tf.min.js');
  const services: Services = {
    database,
    news,
    queue: { enqueue: async () => undefined },
    blobs,
    live: collab,
    builtIn: () => builtIn.cards(),
    preview: async (id, split) => previewDataset(await datasets.open(id, {}), split),
    removeUpload: (ref) => unlink(join(env.uploads, ref)).catch(() => undefined),
    gallery: galleryService,
    engine: () => engine.status(),
    exportRun: (asked) => exportRun({ db, blobs, builtIn: () => builtIn.cards(), tfjsBundle }, asked),
    log,
  };
  const auth = createAuth({
    db,
    secret: process.env.NETLOOM_AUTH_SECRET ?? secretsOf(env.home).auth,
    origins: env.origins,
  });
  const pages = await nextPages(projectRoot, dev);
  const web = createWebServer({ services, auth, collab, uploads: env.uploads, origins: env.origins, dev, pages });

  onAskedToStop(async () => {
    await web.stop();
    await news.close();
    await database.close();
  }, 7_000);
  process.on('message', (message: ToChild) => {
    if (message.say === 'engine') engine.onProgress(message.progress);
  });
  tellLauncher({ say: 'ready', port: await listenOn(web.server, env.port, env.host) });
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  console.error(message);
  process.exitCode = 1;
  process.disconnect?.();
  setTimeout(() => process.exit(1), 200).unref();
});
