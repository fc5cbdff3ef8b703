import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startTimeOf } from './process-identity';

/**
 * One launcher per data folder. Throws with a sentence where another one has it; what a killed launcher left behind is
 * recognised by its start time and taken over. Answers the way to give it back.
 */
export function lockHome(home: string): () => void {
  const path = join(home, 'launcher.json');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const mine = { pid: process.pid, started: startTimeOf(process.pid) };
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, JSON.stringify(mine), { flag: 'wx', mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST') || attempt > 3) throw error;
    }
    const holder = readHolder(path);
    if (holder && holder.pid !== process.pid && isAlive(holder.pid) && startTimeOf(holder.pid) === holder.started) {
      throw new Error(
        `Netloom already runs with the data folder ${home} (process ${holder.pid}). Stop it first, or set NETLOOM_HOME to another folder.`,
      );
    }
    rmSync(path, { force: true });
  }
}

function readHolder(path: string): { pid: number; started: string | null } | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { pid: number; started: string | null };
  } catch {
    return null;
  }
}
