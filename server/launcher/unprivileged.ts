import { execFileSync } from 'node:child_process';
import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** How to start a program so that PostgreSQL accepts it: it refuses to run as root. */
export interface Wrapping {
  /** Put in front of the command. */
  prefix: string[];
  /** Run as this user instead. */
  uid?: number;
  gid?: number;
}

const works = (command: string, args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Debian's and most others' `nobody`: has a passwd entry, which initdb asks for. */
const NOBODY = 65_534;

/**
 * Under root, a user namespace: inside, the program sees itself as an ordinary user, on disk the files stay root's, and
 * it may stand below a folder that only root can enter. Where namespaces are forbidden: the user nobody.
 */
export function unprivileged(): Wrapping {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const namespace = ['--user', '--map-user=1000', '--map-group=1000'];
  if (works('unshare', [...namespace, 'true'])) return { prefix: ['unshare', ...namespace] };
  return { prefix: [], uid: NOBODY, gid: NOBODY };
}

/** On Linux the kernel tells PostgreSQL to stop when the launcher is gone; TERM lets the other children finish. */
export function diesWithParent(): string[] {
  return process.platform === 'linux' && works('setpriv', ['--pdeathsig', 'TERM', 'true'])
    ? ['setpriv', '--pdeathsig', 'TERM']
    : [];
}

/** Gives a folder and all in it to the user of a wrapping, where that is another. */
export function give(folder: string, { uid, gid }: Wrapping): void {
  if (uid === undefined || gid === undefined) return;
  chownSync(folder, uid, gid);
  for (const name of readdirSync(folder, { recursive: true })) chownSync(join(folder, String(name)), uid, gid);
}
