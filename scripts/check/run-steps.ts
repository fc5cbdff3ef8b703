import type { Step, StepResult } from './step';

/** A step that looked at nothing has failed: it would otherwise pass for ever. */
const failed = ({ checked, problems }: StepResult): boolean => checked === 0 || problems.length > 0;

async function attempt(step: Step): Promise<StepResult> {
  try {
    return await step.run();
  } catch (error) {
    return { checked: 0, unit: 'things', problems: [error instanceof Error ? error.message : String(error)] };
  }
}

/** Runs every step, whatever the others say, and prints a line for each and what is wrong. */
export async function runSteps(steps: readonly Step[]): Promise<{ passed: number; failed: number }> {
  const count = { passed: 0, failed: 0 };
  for (const step of steps) {
    const result = await attempt(step);
    const bad = failed(result);
    count[bad ? 'failed' : 'passed']++;
    const findings = result.problems.length === 0 && bad ? ['nothing was checked'] : result.problems;
    console.log(`${bad ? '✗' : '✓'} ${step.name} (${result.checked} ${result.unit})`);
    for (const line of findings) console.log(`    ${line}`);
  }
  return count;
}
