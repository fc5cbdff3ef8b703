import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { EngineName } from '@/lib/engine/host';
import { engineEnvironment } from '@/server/engine/engine-environment';
import { projectRoot, tsxArguments } from '@/server/engine/project';
import { filterTensorflowNoise } from '@/server/engine/tensorflow-noise';
import type { FromTrainingChild, ToTrainingChild } from './child-protocol';

const MODULE = join(projectRoot, 'server/worker/training-child.ts');

/** A training child as its worker sees it. */
export interface TrainingChild {
  pid: number | undefined;
  threads: number;
  /** Engine, once it is loaded. */
  ready: Promise<EngineName>;
  send(message: ToTrainingChild): void;
  /** One listener; messages that came before are handed over. */
  listen(on: { message(message: FromTrainingChild): void; exit(what: string): void }): void;
  kill(): void;
}

/** Starts training children; keeps one that has its engine loaded in reserve, so that a run begins at once. */
export class ChildPool {
  private spare: TrainingChild | null = null;
  private readonly all = new Set<TrainingChild>();
  private closed = false;

  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly threads: number,
    private readonly onLine: (line: string) => void,
  ) {}

  /** A child with so many threads: the spare one where it fits. `engine`: one that a checkpoint needs. */
  take(threads: number, engine?: EngineName): TrainingChild {
    const { spare } = this;
    if (spare && spare.threads === threads && engine === undefined) {
      this.spare = null;
      return spare;
    }
    return this.start(threads, engine);
  }

  /** Sees to it that one waits. */
  prepare(): void {
    if (this.spare || this.closed) return;
    const child = this.start(this.threads);
    this.spare = child;
    child.listen({
      message: () => undefined,
      exit: () => {
        if (this.spare === child) this.spare = null;
      },
    });
  }

  /** Replaces the spare one where it has loaded another engine than this. */
  async renewUnless(engine: EngineName): Promise<void> {
    const { spare } = this;
    if (!spare || (await spare.ready.catch(() => engine)) === engine || this.spare !== spare) return;
    this.spare = null;
    spare.kill();
    this.prepare();
  }

  close(): void {
    this.closed = true;
    for (const child of this.all) child.kill();
  }

  private start(threads: number, engine?: EngineName): TrainingChild {
    const process = fork(MODULE, [], {
      cwd: projectRoot,
      execArgv: tsxArguments(),
      env: {
        ...this.env,
        ...engineEnvironment(threads),
        NETLOOM_THREADS: String(threads),
        ...(engine ? { NETLOOM_ENGINE: engine } : {}),
      },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const child = wrap(process, threads, this.onLine);
    this.all.add(child);
    process.once('exit', () => this.all.delete(child));
    return child;
  }
}

function wrap(process: ChildProcess, threads: number, onLine: (line: string) => void): TrainingChild {
  if (process.stderr)
    filterTensorflowNoise(process.stderr)
      .setEncoding('utf8')
      .on('data', (text: string) => {
        for (const line of text.split('\n')) if (line.trim()) onLine(line);
      });
  let on: Parameters<TrainingChild['listen']>[0] | null = null;
  let gone: string | null = null;
  const ready = new Promise<EngineName>((resolve, reject) => {
    process.on('message', (message: FromTrainingChild) => {
      if (message.say === 'ready') resolve(message.engine);
      else on?.message(message);
    });
    const end = (what: string): void => {
      if (gone !== null) return;
      gone = what;
      reject(new Error(what));
      on?.exit(what);
    };
    process.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
    process.once('error', (error) => end(error.message));
  });
  ready.catch(() => undefined);
  return {
    pid: process.pid,
    threads,
    ready,
    send(message) {
      if (process.connected) process.send(message, () => undefined);
    },
    listen(listener) {
      on = listener;
      if (gone !== null) listener.exit(gone);
    },
    kill() {
      process.kill('SIGKILL');
    },
  };
}
