import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { cacheFolder } from './cache-folder';
import { LAYOUT, type Release, TENSORFLOW_VERSION } from './release';

const readyFile = z.object({
  version: z.string(),
  key: z.string(),
  addon: z.enum(['prebuilt', 'compiled', 'zig']),
  downloadBytes: z.number(),
  /** Size of every file, by path below the folder. */
  files: z.record(z.string(), z.number()),
});

export type ReadyFile = z.infer<typeof readyFile>;

export const READY = 'READY.json';

/** Where a release stands in the cache, whether or not it is there. */
export const engineFolder = (release: Release): string =>
  path.join(cacheFolder(), `tensorflow-${TENSORFLOW_VERSION}-${release.key}-v${LAYOUT}`);

/** What READY.json says, if the install is whole: every file is there in its size. Takes about a millisecond. */
export function installedEngine(release: Release): { folder: string; ready: ReadyFile } | null {
  const folder = engineFolder(release);
  try {
    const ready = readyFile.parse(JSON.parse(readFileSync(path.join(folder, READY), 'utf8')));
    const whole = Object.entries(ready.files).every(([file, size]) => statSync(path.join(folder, file)).size === size);
    return whole ? { folder, ready } : null;
  } catch {
    return null;
  }
}
