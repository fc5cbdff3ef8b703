import path from 'node:path';
import { type CommandResult, runCommand } from '@/server/engine/run-command';

/** Runs a tool of node_modules/.bin in the project's root. */
export const runTool = (root: string, name: string, args: string[]): Promise<CommandResult> =>
  runCommand(path.join(root, 'node_modules', '.bin', name), args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    timeoutSeconds: 600,
  });

export const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
