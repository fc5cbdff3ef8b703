import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Vitest 5 prints failures with `Map.groupBy`, which Node 20 does not have yet.
const groupBy = <K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
};
if (!('groupBy' in Map)) Object.assign(Map, { groupBy });

const root = fileURLToPath(new URL('.', import.meta.url));

/** One project a suite: `scripts/test.ts` runs them in order and sums their counts. */
const suite = (name: string, seconds: number, globalSetup: string[] = []) => ({
  extends: true as const,
  test: {
    name,
    globalSetup,
    include: [`tests/${name}/**/*.test.{ts,tsx}`],
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
  },
});

export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      suite('unit', 60),
      suite('contract', 60),
      suite('integration', 120, ['tests/helpers/postgres.ts']),
      suite('parity', 300),
    ],
  },
});
