export interface RateLimit {
  /** Counts one; false where it is one too many. */
  take(key: string): boolean;
}

/** At most `most` in each window of `milliseconds` for each key. Memory is bounded: old windows are forgotten. */
export function rateLimit(most: number, milliseconds: number, now: () => number = Date.now): RateLimit {
  let window = 0;
  let counts = new Map<string, number>();
  return {
    take(key) {
      const current = Math.floor(now() / milliseconds);
      if (current !== window) {
        window = current;
        counts = new Map();
      }
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count <= most;
    },
  };
}
