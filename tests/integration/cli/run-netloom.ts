import path from 'node:path';
import { projectRoot, tsxArguments } from '@/server/engine/project';
import { type CommandResult, runCommand } from '@/server/engine/run-command';

export interface Answer extends CommandResult {
  /** The lines of stdout as JSON. */
  lines: Record<string, unknown>[];
}

/** Runs the command line as a script would. */
export async function netloom(args: string[], env: Record<string, string> = {}): Promise<Answer> {
  const main = path.join(projectRoot, 'server', 'cli', 'main.ts');
  const result = await runCommand(process.execPath, [...tsxArguments(), main, ...args], {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    timeoutSeconds: 100,
  });
  const lines = result.stdout
    .split('\n')
    .filter((line) => line.startsWith('{') || line.startsWith('['))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { ...result, lines };
}
