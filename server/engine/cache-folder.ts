import os from 'node:os';
import path from 'node:path';

/** Per-user folder of what is fetched once and shared by all checkouts: the native engine, Python environments of tests. */
export function cacheFolder(): string {
  const own = process.env.NETLOOM_CACHE;
  if (own) return path.resolve(own);
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'netloom');
}
