import type { EngineHost } from '@/lib/engine/host';

/** What every host in a Node process shares: a monotonic clock, a pause for messages, and resident memory. */
export const processClock: Pick<EngineHost, 'now' | 'breathe'> & { memoryBytes(): number } = {
  now: () => performance.now(),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
  memoryBytes: () => process.memoryUsage.rss(),
};
