import path from 'node:path';
import { projectRoot, tsxArguments } from '@/server/engine/project';
import { runCommand } from '@/server/engine/run-command';

/** What the addon is tried with, by NETLOOM_INSTRUCTIONS. */
export const INSTRUCTION_SETS = ['any', 'avx2', 'avx512'];

/**
 * The JSON that `tests/helpers/SCRIPT.ts` prints in a process of its own, as a process has one instruction set and number of threads. The
 * script is told the latter, as well as `env`. Throws with what it says where it fails.
 */
export async function printed<T>(
  script: string,
  instructions: string,
  threads: number,
  env: Record<string, string> = {},
): Promise<T> {
  const file = path.join(projectRoot, 'tests', 'helpers', `${script}.ts`);
  const { status, stdout, stderr } = await runCommand(process.execPath, [...tsxArguments(), file, String(threads)], {
    cwd: projectRoot,
    env: { ...process.env, ...env, NETLOOM_INSTRUCTIONS: instructions },
    timeoutSeconds: 120,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
