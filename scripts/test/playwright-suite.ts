import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { runStreamed } from './run-streamed';
import type { Count, Suite } from './suite';

const report = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

/** The specs in e2e/, in a real browser against a service of their own. A flaky one counts as failed. */
export function playwrightSuite(root: string, limitMinutes: number, env: Record<string, string>): Suite {
  return {
    name: 'e2e',
    async run() {
      const file = path.join(root, '.cache', 'tests', 'e2e.json');
      mkdirSync(path.dirname(file), { recursive: true });
      rmSync(file, { force: true });
      const code = await runStreamed(root, 'playwright', ['test'], {
        env: { ...env, NETLOOM_TEST_REPORT: file },
        limitMinutes,
      });
      let count: Count = { passed: 0, failed: 0 };
      try {
        const { stats, errors } = report.parse(JSON.parse(readFileSync(file, 'utf8')));
        count = { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
      } catch (error) {
        console.error(`e2e: no report (${error instanceof Error ? error.message : String(error)})`);
      }
      if (code === 0 || count.failed > 0) return count;
      console.error(`e2e: playwright ended with ${code}`);
      return { ...count, failed: 1 };
    },
  };
}
