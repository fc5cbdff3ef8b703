import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, programOf } from './process-identity';

/**
 * Clears what an earlier PostgreSQL left in its data folder. Its `postmaster.pid` may name a process that is gone, one
 * that is somebody else's by now (after a restart of the container), or our own server that outlived a killed launcher:
 * that one is stopped first. The caller holds the lock of the folder, so nobody else is using it.
 */
export async function clearStalePostmaster(data: string, postgres: string): Promise<void> {
  const path = join(data, 'postmaster.pid');
  const pid = readPid(path);
  if (pid === null) return;
  if (isOurs(pid, postgres)) {
    process.kill(pid, 'SIGINT');
    for (let waited = 0; isOurs(pid, postgres); waited += 50) {
      if (waited === 5_000) process.kill(pid, 'SIGQUIT');
      if (waited > 10_000) throw new Error(`An earlier PostgreSQL (process ${pid}) does not stop. End it by hand.`);
      await pause(50);
    }
  }
  rmSync(path, { force: true });
}

function readPid(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** Off Linux the program cannot be told; a live process is then left alone, and PostgreSQL itself refuses to start. */
function isOurs(pid: number, postgres: string): boolean {
  const program = isAlive(pid) ? programOf(pid) : null;
  return program !== null && basename(program).replace(' (deleted)', '') === basename(postgres);
}
