import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { migrateDatabase } from '@/server/db/migrate';
import { projectRoot } from '@/server/engine/project';
import { readEnv } from '@/server/env/env';
import { secretsOf } from '@/server/env/secrets';
import { buildPages } from './build-pages';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { engineInBackground } from './engine-in-background';
import { lockHome } from './home-lock';
import { type Supervised, supervise } from './supervise';

/**
 * `npm start`: PostgreSQL, the schema, the pages' build, then the web process and the workers, each kept running until
 * the launcher is asked to stop. `--dev`: pages are compiled as they are asked for.
 */
const began = Date.now();
const dev = process.argv.includes('--dev');
const say = (line: string) => console.log(line);
const leaving = new AbortController();
const workers: Supervised[] = [];
let web: Supervised | undefined;
let postgres: EmbeddedPostgres | undefined;
let unlock: (() => void) | undefined;
let stopped: Promise<void> | undefined;

/** Workers first, so that they can write their checkpoints, then the web process, the database last. */
function stop(): Promise<void> {
  leaving.abort();
  stopped ??= (async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await web?.stop();
    await postgres?.stop();
    unlock?.();
  })();
  return stopped;
}

// The terminal may be gone before the service is: what cannot be shown must not end it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

// With `exec` in package.json a Ctrl-C arrives twice: once from the terminal, once from npm.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!leaving.signal.aborted) say('Stopping…');
    void stop().then(() => process.exit(0));
  });
}

async function start(): Promise<void> {
  const env = readEnv(process.env, projectRoot);
  unlock = lockHome(env.home);
  const secrets = secretsOf(env.home);

  const pages =
    dev || !env.pages
      ? Promise.resolve(false)
      : buildPages({
          project: projectRoot,
          nextDir: env.nextDir,
          signal: leaving.signal,
          onBuild: () => say('Building the pages; this happens once after each update and takes about half a minute…'),
        });
  // Awaited below; until then a failure must not count as unhandled.
  pages.catch(() => undefined);

  let databaseUrl = env.databaseUrl;
  if (!databaseUrl) {
    const folder = join(env.home, 'postgres');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const log = createWriteStream(join(folder, 'server.log'), { flags: 'a', mode: 0o600 });
    postgres = await startEmbeddedPostgres({
      project: projectRoot,
      folder,
      password: secrets.postgres,
      onLog: (line) => log.write(`${line}\n`),
      onCrash: () => say('PostgreSQL ended unexpectedly; starting it again.'),
    });
    databaseUrl = postgres.url();
  }
  await migrateDatabase(databaseUrl, join(projectRoot, 'drizzle/migrations'));

  const childEnv = {
    ...process.env,
    NODE_ENV: dev ? ('development' as const) : ('production' as const),
    NEXT_TELEMETRY_DISABLED: '1',
    NETLOOM_HOME: env.home,
    NETLOOM_NEXT_DIR: env.nextDir,
    NETLOOM_AUTH_SECRET: secrets.auth,
    DATABASE_URL: databaseUrl,
    PORT: String(env.port),
  };
  const launch = (name: string, module: string, patience: number): Supervised =>
    supervise({
      name,
      module: join(projectRoot, module),
      env: childEnv,
      patience,
      onReady(message) {
        if (message.port) say(`Netloom is ready on http://localhost:${message.port} (${seconds(began)} s)`);
      },
      onCrash: (what, delay) => say(`The ${name} ended (${what}); starting it again in ${delay} ms.`),
    });

  if (leaving.signal.aborted) return;
  if (existsSync(join(projectRoot, 'server/worker/main.ts'))) {
    for (let index = 1; index <= env.workers; index++) {
      workers.push(launch(`worker ${index}`, 'server/worker/main.ts', 12_000));
    }
  }
  if (await pages) say(`Built the pages (${seconds(began)} s).`);
  if (leaving.signal.aborted) return;
  web = launch('web process', 'server/web/main.ts', 8_000);
  await web.ready;
  if (env.engine === undefined || env.engine === 'tensorflow')
    await engineInBackground((progress) => {
      for (const child of [web, ...workers]) child?.send({ say: 'engine', progress });
    }, say);
}

const seconds = (since: number): string => ((Date.now() - since) / 1000).toFixed(1);

start().catch(async (error: unknown) => {
  if (!leaving.signal.aborted) console.error(error instanceof Error ? error.message : String(error));
  const code = leaving.signal.aborted ? 0 : 3;
  await stop();
  process.exit(code);
});
