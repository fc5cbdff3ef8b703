import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { give, type Wrapping } from './unprivileged';

/**
 * Makes the data folder where there is none. It is filled under another name and renamed, so that an interrupted first
 * start leaves nothing half made.
 */
export async function initCluster(
  data: string,
  initdb: string,
  password: string,
  wrapping: Wrapping,
): Promise<boolean> {
  if (existsSync(join(data, 'PG_VERSION'))) return false;
  const parent = dirname(data);
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(parent)) {
    if (name.startsWith('unfinished-')) rmSync(join(parent, name), { recursive: true, force: true });
  }
  const unfinished = join(parent, `unfinished-${process.pid}`);
  const passwordFile = join(parent, `unfinished-${process.pid}.password`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    give(parent, wrapping);
    const command = [
      ...wrapping.prefix,
      initdb,
      ...['--pgdata', unfinished, '--username', 'netloom', '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C.UTF-8', '--no-instructions'],
    ];
    const [program = initdb, ...args] = command;
    const { uid, gid } = wrapping;
    await promisify(execFile)(program, args, uid === undefined || gid === undefined ? {} : { uid, gid });
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`PostgreSQL could not make its data folder ${data}: ${said}`, { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  rmSync(data, { recursive: true, force: true });
  renameSync(unfinished, data);
  return true;
}
