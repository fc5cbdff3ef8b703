import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { runStreamed } from './run-streamed';
import type { Count, Suite } from './suite';

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** Failed tests, and files that failed before their first test. */
function readReport(file: string): Count {
  const { numPassedTests, numFailedTests, testResults } = report.parse(JSON.parse(readFileSync(file, 'utf8')));
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

/** One project of vitest.config.ts. A run that ends badly without a failed test counts as one failure. */
export function vitestSuite(root: string, name: string, limitMinutes: number, env: Record<string, string>): Suite {
  return {
    name,
    async run() {
      const file = path.join(root, '.cache', 'tests', `${name}.json`);
      mkdirSync(path.dirname(file), { recursive: true });
      rmSync(file, { force: true });
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${file}`];
      const code = await runStreamed(root, 'vitest', ['run', '--project', name, ...reporters], { env, limitMinutes });
      let count: Count = { passed: 0, failed: 0 };
      try {
        count = readReport(file);
      } catch (error) {
        console.error(`${name}: no report (${error instanceof Error ? error.message : String(error)})`);
      }
      if (code === 0 || count.failed > 0) return count;
      console.error(`${name}: vitest ended with ${code}`);
      return { ...count, failed: 1 };
    },
  };
}
