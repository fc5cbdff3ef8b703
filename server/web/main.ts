import pino from 'pino';
import { throughOutage } from '@/server/db/outage';
import { projectRoot } from '@/server/engine/project';
import { readEnv } from '@/server/env/env';
import { secretsOf } from '@/server/env/secrets';
import { openSliceQueue } from '@/server/jobs/slice-queue';
import { onAskedToStop, type ToChild, tellLauncher } from '@/server/launcher/child-messages';
import { listenOn } from './listen-on';
import { nextPages } from './next-pages';
import { openWeb } from './open-web';

/** The web process: pages, procedures, sign-in, documents and streams on one port. */
async function main(): Promise<void> {
  const env = readEnv(process.env, projectRoot);
  const { databaseUrl } = env;
  if (!databaseUrl) throw new Error('DATABASE_URL is not set. Start Netloom with npm start.');
  const dev = process.env.NODE_ENV === 'development';
  const log = pino({ name: 'web', level: env.logLevel });
  const queue = await throughOutage(() =>
    openSliceQueue(databaseUrl, {
      supervise: false,
      onError: (error) => log.warn({ err: error }, 'the queue has a problem'),
    }),
  );
  const web = await openWeb({
    env,
    databaseUrl,
    dev,
    secret: process.env.NETLOOM_AUTH_SECRET ?? secretsOf(env.home).auth,
    pages: env.pages ? await nextPages(projectRoot, dev) : null,
    queue,
    log,
  });
  onAskedToStop(async () => {
    await web.stop();
    await queue.close();
  }, 7_000);
  process.on('message', (message: ToChild) => {
    if (message.say === 'engine') web.engine.onProgress(message.progress);
  });
  tellLauncher({ say: 'ready', port: await listenOn(web.server, env.port, env.host) });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
