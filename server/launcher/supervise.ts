import { type ChildProcess, fork } from 'node:child_process';
import { projectRoot, tsxArguments } from '@/server/engine/project';
import type { FromChild, ToChild } from './child-messages';

export interface SuperviseOptions {
  name: string;
  /** Entry file, TypeScript. */
  module: string;
  env: NodeJS.ProcessEnv;
  /** Milliseconds that it may take to end after SIGTERM. */
  patience: number;
  /** It came up, the first time or again. */
  onReady?(message: Extract<FromChild, { say: 'ready' }>): void;
  onCrash?(what: string, delay: number): void;
}

export interface Supervised {
  /** Resolves at the first ready; rejects where it says that starting is hopeless. */
  ready: Promise<void>;
  pid(): number | undefined;
  send(message: ToChild): void;
  stop(): Promise<void>;
}

const FIRST_DELAY = 100;
const LONGEST_DELAY = 5_000;
/** Having lived this long, it starts again without delay. */
const STEADY = 20_000;

/** Keeps one child process running until told to stop: restarts it with growing delays. */
export function supervise(options: SuperviseOptions): Supervised {
  let child: ChildProcess;
  let delay = FIRST_DELAY;
  let stopping = false;
  let again: NodeJS.Timeout | undefined;
  let gone: Promise<void> = Promise.resolve();
  let onReady: () => void = () => undefined;
  let onFatal: (error: Error) => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    onReady = resolve;
    onFatal = reject;
  });
  // Its owner may not be waiting any more when it fails.
  ready.catch(() => undefined);

  const start = () => {
    const born = Date.now();
    child = fork(options.module, [], {
      env: options.env,
      cwd: projectRoot,
      execArgv: tsxArguments(),
      // Its own process group: Ctrl-C in the terminal reaches the launcher alone, which stops all in order.
      detached: true,
      serialization: 'json',
    });
    gone = new Promise((resolve) => {
      let ended = false;
      const onEnd = (what: string) => {
        if (ended) return;
        ended = true;
        resolve();
        if (stopping) return;
        if (Date.now() - born > STEADY) delay = FIRST_DELAY;
        options.onCrash?.(what, delay);
        again = setTimeout(start, delay);
        delay = Math.min(delay * 2, LONGEST_DELAY);
      };
      child.once('exit', (code, signal) => onEnd(signal ?? `exit code ${code}`));
      child.once('error', (error) => onEnd(error.message));
    });
    child.on('message', (message: FromChild) => {
      if (message.say === 'ready') {
        options.onReady?.(message);
        onReady();
      } else if (message.say === 'fatal') {
        stopping = true;
        onFatal(new Error(message.message));
      }
    });
  };
  start();

  return {
    ready,
    pid: () => child.pid,
    send(message) {
      if (child.connected) child.send(message, () => undefined);
    },
    async stop() {
      stopping = true;
      clearTimeout(again);
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), options.patience);
      await gone;
      clearTimeout(late);
    },
  };
}
