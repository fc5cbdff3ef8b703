import { spawn } from 'node:child_process';
import path from 'node:path';

/**
 * Runs a tool of node_modules in the project's root with its output passed on. Past the time limit its whole process
 * group is ended. Answers the exit code, or a word for how it ended.
 */
export function runStreamed(
  root: string,
  tool: string,
  args: string[],
  options: { env?: Record<string, string>; limitMinutes: number },
): Promise<number | string> {
  return new Promise((resolve) => {
    const child = spawn(path.join(root, 'node_modules', '.bin', tool), args, {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    let ended: string | null = null;
    const end = (why: string, signal: NodeJS.Signals): void => {
      ended ??= why;
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    };
    const limit = setTimeout(
      () => end(`ran past ${options.limitMinutes} minutes`, 'SIGKILL'),
      options.limitMinutes * 60_000,
    );
    const passOn = (signal: NodeJS.Signals): void => end(`stopped by ${signal}`, signal);
    process.once('SIGINT', passOn).once('SIGTERM', passOn);
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      process.removeListener('SIGINT', passOn).removeListener('SIGTERM', passOn);
      resolve(ended ?? code ?? String(signal));
    });
  });
}
