import { fork } from 'node:child_process';
import path from 'node:path';
import type { Program } from '@/lib/compile/program';
import { engineEnvironment } from '@/server/engine/engine-environment';
import { projectRoot, tsxArguments } from '@/server/engine/project';
import { filterTensorflowNoise } from '@/server/engine/tensorflow-noise';

/** What the measuring child is told. */
export interface MeasureJob {
  program: Program;
  threads: number;
  /** Iterations before the clock starts, and while it runs. */
  warmUp: number;
  iterations: number;
}

export type Measured = { examplesPerSecond: number; engine: string; device: string } | { failure: string };

/** Examples per second of our engine in a process of its own. Throws with its reason where it fails. */
export function measureOurs(job: MeasureJob): Promise<Exclude<Measured, { failure: string }>> {
  const child = fork(path.join(projectRoot, 'server', 'cli', 'bench', 'measure-child.ts'), [], {
    cwd: projectRoot,
    execArgv: tsxArguments(),
    env: { ...process.env, ...engineEnvironment(job.threads) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  if (child.stderr) filterTensorflowNoise(child.stderr).pipe(process.stderr, { end: false });
  return new Promise((resolve, reject) => {
    child.on('message', (measured: Measured) => {
      if ('failure' in measured) reject(new Error(measured.failure));
      else resolve(measured);
    });
    child.on('error', reject);
    child.on('close', (code, signal) =>
      reject(new Error(`The measuring process ended (${signal ?? `exit ${code}`}).`)),
    );
    child.send(job);
  });
}
