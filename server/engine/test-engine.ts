import path from 'node:path';
import { projectRoot, tsxArguments } from './project';
import { runCommand } from './run-command';
import { withoutTensorflowNoise } from './tensorflow-noise';

/** Loads the engine in `folder` in a child process and lets it compute; throws with the reason where it does not. */
export async function testEngine(folder: string): Promise<void> {
  const script = path.join(projectRoot, 'server', 'engine', 'self-test.ts');
  const result = await runCommand(process.execPath, [...tsxArguments(), script, folder], {
    cwd: projectRoot,
    timeoutSeconds: 120,
  });
  if (result.status === 0 && result.stdout.includes('SELF-TEST PASSED')) return;
  const lines = withoutTensorflowNoise(result.stderr).split('\n');
  const reason = lines.find((line) => /error|cannot|illegal|wrong/i.test(line)) ?? lines.find((line) => line.trim());
  throw new Error(
    `self-test failed (${result.signal ?? `exit ${result.status}`})${reason ? `: ${reason.trim()}` : ''}`,
  );
}
