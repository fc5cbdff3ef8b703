import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { EngineName } from '@/lib/engine/host';
import { engineEnvironment } from '@/server/engine/engine-environment';
import { projectRoot, tsxArguments } from '@/server/engine/project';
import { filterTensorflowNoise } from '@/server/engine/tensorflow-noise';
import type { FromTrainingChild, ToTrainingChild } from './child-protocol';

/** A warm one and a fresh one. */
const MOST_SPARES = 2;

const MODULE = join(projectRoot, 'server/worker/training-child.ts');

/** A training child as its worker sees it. */
export interface TrainingChild {
  pid: number | undefined;
  threads: number;
  /** Engine, once it is loaded; after a run, once it may have another. */
  readonly ready: Promise<EngineName>;
  /** Null: not loaded yet. */
  engine(): EngineName | null;
  send(message: ToTrainingChild): void;
  /** One listener; messages that came before are handed over. */
  listen(on: { message(message: FromTrainingChild): void; exit(what: string): void }): void;
  kill(): void;
}

/**
 * Starts training children. One that has its engine loaded waits beside the one at work, so that a run begins at once, and
 * goes on at once where its child was lost.
 */
export class ChildPool {
  /** The warmest first. */
  private spares: TrainingChild[] = [];
  private readonly all = new Set<TrainingChild>();
  private closed = false;

  /** `best`: the engine that a new process would load. */
  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly threads: number,
    private readonly best: () => EngineName,
    private readonly onLine: (line: string) => void,
  ) {}

  /** A child with so many threads: a spare one where it fits. `engine`: one that a checkpoint needs. */
  take(threads: number, engine?: EngineName): TrainingChild {
    const fits = engine === undefined ? this.spares.find((spare) => spare.threads === threads) : undefined;
    if (!fits) return this.start(threads, engine);
    this.drop(fits);
    return fits;
  }

  /** Takes a child back whose run has ended: having trained it is warm, so it is the next one at work. */
  giveBack(child: TrainingChild): void {
    if (this.closed || child.threads !== this.threads || child.engine() !== this.best()) {
      child.kill();
      return;
    }
    this.keep(child);
    for (const surplus of this.spares.splice(MOST_SPARES)) surplus.kill();
  }

  /** Sees to it that one waits. */
  prepare(): void {
    if (this.spares.length === 0 && !this.closed) this.keep(this.start(this.threads));
  }

  /** Lets those go that have loaded another engine than a new process would. */
  renew(): void {
    for (const spare of [...this.spares]) {
      const engine = spare.engine();
      if (engine === null || engine === this.best()) continue;
      this.drop(spare);
      spare.kill();
    }
    this.prepare();
  }

  private keep(child: TrainingChild): void {
    this.spares.unshift(child);
    child.listen({ message: () => undefined, exit: () => this.drop(child) });
  }

  private drop(child: TrainingChild): void {
    this.spares = this.spares.filter((spare) => spare !== child);
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
  let ready = unsettled<EngineName>();
  let loaded: EngineName | null = null;
  process.on('message', (message: FromTrainingChild) => {
    if (message.say === 'ready') {
      loaded = message.engine;
      ready.resolve(loaded);
    } else {
      if (message.say === 'ended') ready = unsettled();
      on?.message(message);
    }
  });
  const end = (what: string): void => {
    if (gone !== null) return;
    gone = what;
    ready.reject(new Error(what));
    on?.exit(what);
  };
  process.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
  process.once('error', (error) => end(error.message));
  return {
    pid: process.pid,
    threads,
    get ready() {
      return ready.promise;
    },
    engine: () => loaded,
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

function unsettled<T>(): { promise: Promise<T>; resolve(value: T): void; reject(error: Error): void } {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  // Its owner may not be waiting any more when it fails.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
