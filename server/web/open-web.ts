import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log, Services } from '@/server/api/services';
import { createAuth } from '@/server/auth/auth';
import { openDatabase } from '@/server/db/database';
import { throughOutage } from '@/server/db/outage';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { previewDataset } from '@/server/domain/datasets/preview-dataset';
import { rowsOfDataset } from '@/server/domain/datasets/rows-of-dataset';
import { exportRun } from '@/server/domain/runs/export-run';
import type { RunQueue } from '@/server/domain/runs/run-queue';
import { projectRoot } from '@/server/engine/project';
import type { Env } from '@/server/env/env';
import { openRunNews } from '@/server/events/run-news';
import { createCollab } from '@/server/realtime/collab';
import { localFolder } from '@/server/storage/local-folder';
import { type EngineService, engineService } from './engine-service';
import { galleryService } from './gallery-service';
import { createWebServer, type Pages, type WebServer } from './web-server';

export interface WebOptions {
  env: Env;
  databaseUrl: string;
  /** Signs session cookies. */
  secret: string;
  dev: boolean;
  /** Null: everything but pages. */
  pages: Pages | null;
  queue: RunQueue;
  log: Log;
}

export interface Web extends WebServer {
  services: Services;
  engine: EngineService;
}

/** Puts the web process together, up to listening. `stop` lets go of all of it. */
export async function openWeb(options: WebOptions): Promise<Web> {
  const { env, log, queue, dev, pages } = options;
  const database = openDatabase(options.databaseUrl, { name: 'netloom-web', connections: 12 });
  const { db } = database;
  const news = await throughOutage(() => openRunNews(database));
  const builtIn = nodeDatasets({ cache: env.cache });
  const withUploads = nodeDatasets({ cache: env.cache, uploads: env.uploads });
  const blobs = localFolder(env.blobs);
  const collab = createCollab(db);
  const engine = engineService(db);
  const tfjsBundle = join(projectRoot, 'node_modules/@tensorflow/tfjs/dist/tf.min.js');
  const services: Services = {
    database,
    news,
    queue,
    blobs,
    live: collab,
    builtIn: () => builtIn.cards(),
    rows: async (id) => rowsOfDataset(await withUploads.open(id, {})),
    preview: async (id, split) => previewDataset(await withUploads.open(id, {}), split),
    removeUpload: (ref) => unlink(join(env.uploads, ref)).catch(() => undefined),
    gallery: galleryService,
    engine: () => engine.status(),
    exportRun: (asked) => exportRun({ db, blobs, builtIn: () => builtIn.cards(), tfjsBundle }, asked),
    log,
  };
  const auth = createAuth({ db, secret: options.secret, origins: env.origins });
  const web = createWebServer({ services, auth, collab, uploads: env.uploads, origins: env.origins, dev, pages });
  return {
    server: web.server,
    services,
    engine,
    async stop() {
      await web.stop();
      await news.close();
      await database.close();
    },
  };
}
