import { spawn } from 'node:child_process';

export interface CommandResult {
  /** Null where it was ended by a signal or never started. */
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  /** The last 64 KiB. */
  stderr: string;
}

export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  timeoutSeconds?: number;
}

/** Runs a program to its end. Never rejects: a program that is not there has status null and its reason in `stderr`. */
export function runCommand(command: string, args: string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.timeoutSeconds === undefined ? {} : { timeout: options.timeoutSeconds * 1000 }),
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-65536);
    });
    child.on('error', (error) => resolve({ status: null, signal: null, stdout, stderr: stderr || error.message }));
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}
