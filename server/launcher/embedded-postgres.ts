import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from './free-port';
import { initCluster } from './init-cluster';
import { postgresBinaries } from './postgres-binaries';
import { clearStalePostmaster } from './stale-postmaster';
import { diesWithParent, unprivileged } from './unprivileged';

export interface EmbeddedPostgresOptions {
  /** Of the checkout: where node_modules is. */
  project: string;
  /** Data and port go below it. */
  folder: string;
  password: string;
  /** Beside our own, such as less durability in tests. */
  settings?: Record<string, string>;
  /** Lines of the server's log that are worth showing. */
  onLog?(line: string): void;
  /** It ended without having been asked to, and is started again. */
  onCrash?(): void;
}

export interface EmbeddedPostgres {
  /** Of a database on this server; without a name, the service's own, `netloom`. */
  url(database?: string): string;
  /** Of the present server process. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // Paths of Unix sockets are limited to 107 characters: a deep checkout would not start.
  unix_socket_directories: '',
  max_connections: '120',
  shared_buffers: '64MB',
  logging_collector: 'off',
  log_min_messages: 'warning',
  timezone: 'UTC',
};

/**
 * Starts the PostgreSQL that came with npm, on this machine's loopback address alone, and keeps it running: a crash is
 * answered by a restart on the same port, so that clients only have to connect again.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { project, folder, password } = options;
  const binaries = postgresBinaries(project);
  const wrapping = unprivileged();
  const data = join(folder, 'data');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await initCluster(data, binaries.initdb, password, wrapping);
  const portFile = join(folder, 'port');
  await clearStalePostmaster(data, binaries.postgres);
  const port = await freePort(readPort(portFile));
  writeFileSync(portFile, String(port));

  const command = [...wrapping.prefix, ...diesWithParent(), binaries.postgres, '-D', data, '-p', String(port)];
  for (const [name, value] of Object.entries({ ...SETTINGS, ...options.settings }))
    command.push('-c', `${name}=${value}`);
  const url = (database = 'netloom') => `postgres://netloom:${password}@127.0.0.1:${port}/${database}`;

  let child: ChildProcess | null = null;
  let stopping = false;

  const launch = () => {
    const [program = binaries.postgres, ...args] = command;
    const { uid, gid } = wrapping;
    child = spawn(program, args, {
      // Its own process group: Ctrl-C in the terminal must not reach it before the others have written their last.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n')) if (line.trim()) options.onLog?.(line);
    });
    child.once('error', (error) => options.onLog?.(error.message));
    return child;
  };

  const isUp = async (): Promise<boolean> => {
    const probe = new Client({ connectionString: url('postgres'), connectionTimeoutMillis: 2_000 });
    probe.on('error', () => undefined);
    try {
      await probe.connect();
      return true;
    } catch {
      return false;
    } finally {
      await probe.end().catch(() => undefined);
    }
  };

  /** After a crash the old server's processes may hold its memory for a moment more: tried again until they are gone. */
  const untilUp = async (patience: number): Promise<void> => {
    const deadline = Date.now() + patience;
    let current = launch();
    while (!stopping) {
      if (await isUp()) return;
      if (Date.now() > deadline) throw new Error(`PostgreSQL does not start (data folder ${data}).`);
      await pause(30);
      if (current.exitCode !== null || current.signalCode !== null) {
        await pause(100);
        await clearStalePostmaster(data, binaries.postgres);
        current = launch();
      }
    }
  };

  const keepUp = async (): Promise<void> => {
    while (!stopping) {
      await ended(child);
      if (stopping) return;
      options.onCrash?.();
      try {
        await clearStalePostmaster(data, binaries.postgres);
        await untilUp(60_000);
      } catch (error) {
        options.onLog?.(String(error));
        await pause(1_000);
      }
    }
  };

  await untilUp(60_000);
  void keepUp();
  await createDatabase(url('postgres'));

  return {
    url,
    pid: () => child?.pid,
    async stop() {
      stopping = true;
      child?.kill('SIGINT');
      const late = setTimeout(() => child?.kill('SIGQUIT'), 8_000);
      await ended(child);
      clearTimeout(late);
    },
  };
}

/** Resolves once the process is gone, also where it already is. */
function ended(child: ChildProcess | null): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
    return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'netloom'");
    if (rowCount === 0) await client.query('create database netloom');
  } finally {
    await client.end();
  }
}

function readPort(path: string): number {
  try {
    const port = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
  } catch {
    return 0;
  }
}
