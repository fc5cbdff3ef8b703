import { parseArgs } from 'node:util';
import { projectRoot } from '@/server/engine/project';
import { runSteps } from './check/run-steps';
import { checkSteps } from './check/steps';
import { playwrightSuite } from './test/playwright-suite';
import { prepareTests } from './test/prepare';
import { type Count, type Suite, sum } from './test/suite';
import { vitestSuite } from './test/vitest-suite';

/**
 * `npm test`: the check's steps, then the suites from small to large, each counted; the last line is `N passed, M failed`.
 * `--full` sets NETLOOM_FULL=1, on which long tests run too. `--only unit,e2e` runs some suites only. Exit code 1 where
 * anything failed or a suite ran nothing.
 */
const { values } = parseArgs({ options: { full: { type: 'boolean', default: false }, only: { type: 'string' } } });
const env: Record<string, string> = values.full ? { NETLOOM_FULL: '1' } : {};
const scale = values.full ? 10 : 1;

const all: Suite[] = [
  { name: 'check', run: () => runSteps(checkSteps(projectRoot)) },
  vitestSuite(projectRoot, 'unit', 4 * scale, env),
  vitestSuite(projectRoot, 'contract', 5 * scale, env),
  vitestSuite(projectRoot, 'integration', 8 * scale, env),
  vitestSuite(projectRoot, 'parity', 8 * scale, env),
  playwrightSuite(projectRoot, 15 * scale, env),
];
const wanted = values.only?.split(',');
const suites = wanted ? all.filter(({ name }) => wanted.includes(name)) : all;

await prepareTests();
const counts: Count[] = [];
const lines: string[] = [];
for (const suite of suites) {
  console.log(`\n── ${suite.name} ──`);
  const began = performance.now();
  const ran = await suite.run();
  const empty = ran.passed + ran.failed === 0;
  const count = empty ? { passed: 0, failed: 1 } : ran;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  counts.push(count);
  lines.push(
    `${suite.name}: ${count.passed} passed, ${count.failed} failed${empty ? ' (it ran nothing)' : ''} in ${seconds} s`,
  );
  console.log(lines.at(-1));
}

const total = sum(counts);
console.log(`\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
if (total.failed > 0 || counts.length === 0) process.exitCode = 1;
