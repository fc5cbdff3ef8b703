import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const HEARTBEAT_MS = 3_000;
/** A lock without a heartbeat for so long belongs to a process that was killed. */
const STALE_MS = 20_000;

function tryCreate(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

function ageMs(file: string): number | null {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return null;
  }
}

/**
 * Runs `work` while holding the lock file, so that one installer works at a time; the others wait. `done` is asked while
 * waiting: with true, the other one did the work and `null` comes back. Two holders after a takeover are wasteful but
 * harmless, since each works in a folder of its own and renames it into place.
 */
export async function withInstallLock<T>(
  file: string,
  options: { done(): boolean; onWait(): void },
  work: () => Promise<T>,
): Promise<T | null> {
  mkdirSync(path.dirname(file), { recursive: true });
  for (let waits = 0; !tryCreate(file); waits++) {
    const age = ageMs(file);
    if (age === null) continue;
    if (age > STALE_MS) {
      rmSync(file, { force: true });
      continue;
    }
    if (waits === 0) options.onWait();
    await delay(500);
    if (options.done()) return null;
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      // Taken over by another after this process was suspended for long: see above.
    }
  }, HEARTBEAT_MS);
  try {
    return options.done() ? null : await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(file, { force: true });
  }
}
