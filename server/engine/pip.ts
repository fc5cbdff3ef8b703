import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { EngineUnavailable } from './engine-problem';
import type { Wheel } from './release';
import { runCommand } from './run-command';

/** A way to run pip on this machine: a program and its first arguments. */
export interface Pip {
  command: string;
  args: string[];
}

const CANDIDATES: Pip[] = [
  { command: 'python3', args: ['-m', 'pip'] },
  { command: 'python', args: ['-m', 'pip'] },
  { command: 'py', args: ['-3', '-m', 'pip'] },
  { command: 'pip3', args: [] },
  { command: 'pip', args: [] },
];

/** The first pip that answers, or null. */
export async function findPip(): Promise<Pip | null> {
  for (const pip of CANDIDATES) {
    const { status } = await runCommand(pip.command, [...pip.args, '--version'], { timeoutSeconds: 30 });
    if (status === 0) return pip;
  }
  return null;
}

export const noPip = (): EngineUnavailable =>
  new EngineUnavailable({
    code: 'no-pip',
    message: 'The native engine is fetched with pip, and there is no Python with pip on this machine.',
    fix: 'Run: apt-get install python3-pip (or set NETLOOM_TENSORFLOW_WHEEL to the path or address of the TensorFlow wheel), then: npm run engine:install',
  });

const COMMON = [
  '--require-hashes',
  '--no-deps',
  '--only-binary=:all:',
  '--no-cache-dir',
  '--disable-pip-version-check',
];

function folderBytes(folder: string): number {
  let bytes = 0;
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    try {
      bytes += statSync(path.join(folder, file)).size;
    } catch {
      // Gone between listing and asking: pip moves its temporary files.
    }
  }
  return bytes;
}

/** pip's last words, without addresses' query parts and on one line. */
const lastWords = (stderr: string): string =>
  stderr.trim().split('\n').slice(-2).join(' ').replace(/\s+/g, ' ').slice(0, 300);

/**
 * Downloads one pinned wheel into the empty folder `to` and answers its path. pip's own configuration (mirrors, proxies)
 * applies; a file with another hash is refused by pip. `extra`: platform tags and interpreter.
 */
export async function downloadWheel(
  pip: Pip,
  wheel: Wheel,
  to: string,
  extra: string[],
  onFraction: (fraction: number) => void,
): Promise<string> {
  const requirements = path.join(to, 'requirements.txt');
  const temporary = path.join(to, 'tmp');
  await mkdir(temporary, { recursive: true });
  writeFileSync(requirements, `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
  const watch = setInterval(() => onFraction(Math.min(1, folderBytes(to) / (wheel.megabytes * 1e6))), 250);
  const args = ['download', ...COMMON, '--progress-bar=off', '-q', '--retries=5', '--timeout=60'];
  const result = await runCommand(pip.command, [...pip.args, ...args, '-d', to, ...extra, '-r', requirements], {
    timeoutSeconds: 3600,
    env: { ...process.env, TMPDIR: temporary },
  });
  clearInterval(watch);
  const file = readdirSync(to).find((name) => name.endsWith('.whl'));
  if (result.status !== 0 || file === undefined) {
    throw new EngineUnavailable({
      code: 'download',
      message: `pip could not download ${wheel.requirement}: ${lastWords(result.stderr)}.`,
      fix: 'Check the network connection (or set NETLOOM_TENSORFLOW_WHEEL), then run: npm run engine:install',
    });
  }
  return path.join(to, file);
}

/** Installs a pinned wheel into a folder of its own (the compiler of last resort). */
export async function installInto(pip: Pip, wheel: Wheel, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const requirements = path.join(folder, 'requirements.txt');
  writeFileSync(requirements, `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
  const args = [...pip.args, 'install', '-q', ...COMMON, '--target', folder, '-r', requirements];
  const result = await runCommand(pip.command, args, { timeoutSeconds: 1800 });
  if (result.status !== 0) throw new Error(`pip could not install ${wheel.requirement}: ${lastWords(result.stderr)}`);
}
