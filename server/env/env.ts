import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  NETLOOM_HOME: z.string().min(1).optional(),
  NETLOOM_CACHE: z.string().min(1).optional(),
  NETLOOM_ENGINE: z.enum(['tensorflow', 'wasm', 'cpu']).optional(),
  NETLOOM_NEXT_DIR: z.string().min(1).default('.next'),
  NETLOOM_PAGES: z.enum(['on', 'off']).default('on'),
  NETLOOM_WORKERS: z.coerce.number().int().min(0).max(64).default(1),
  NETLOOM_HOST: z.string().min(1).default('0.0.0.0'),
  NETLOOM_ORIGINS: z.string().default(''),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DATABASE_URL: z.string().min(1).optional(),
  XDG_CACHE_HOME: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
});

/** What the surroundings say. Paths are absolute. */
export interface Env {
  /** Data: PostgreSQL, blobs, uploads, secrets. */
  home: string;
  /** Below it: checkpoints and artifacts of runs; packed uploads. */
  blobs: string;
  uploads: string;
  /** Per user: native engine, Python environment. */
  cache: string;
  /** Address and port of the service; port 0: the system chooses. */
  host: string;
  port: number;
  /** Absent: the embedded PostgreSQL. */
  databaseUrl: string | undefined;
  workers: number;
  /** Absent: the best one that works. */
  engine: 'tensorflow' | 'wasm' | 'cpu' | undefined;
  nextDir: string;
  /** False: procedures and streams without pages, as the tests of the launcher want it. */
  pages: boolean;
  /** Further addresses under which people reach the service, such as a proxy's. */
  origins: string[];
  logLevel: string;
}

/** Reads and checks the environment variables. Throws with a sentence that names the wrong one. */
export function readEnv(variables: Record<string, string | undefined>, project: string): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new Error(`Environment variable ${String(issue?.path[0])}: ${issue?.message}.`);
  }
  const env = result.data;
  const home = resolve(project, env.NETLOOM_HOME ?? '.netloom');
  return {
    home,
    blobs: join(home, 'blobs'),
    uploads: join(home, 'uploads'),
    cache: resolve(env.NETLOOM_CACHE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'netloom')),
    host: env.NETLOOM_HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    workers: env.NETLOOM_WORKERS,
    engine: env.NETLOOM_ENGINE,
    nextDir: env.NETLOOM_NEXT_DIR,
    pages: env.NETLOOM_PAGES === 'on',
    origins: env.NETLOOM_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
    logLevel: env.LOG_LEVEL,
  };
}
