import { fork } from 'node:child_process';
import path from 'node:path';
import type { RunEvent, RunProgress } from '@/lib/protocol/run-event';
import { engineEnvironment } from '@/server/engine/engine-environment';
import { projectRoot, tsxArguments } from '@/server/engine/project';
import { filterTensorflowNoise } from '@/server/engine/tensorflow-noise';
import type { FromChild, ToChild, TrainJob } from './job';

export interface TrainHandlers {
  onEvent(event: RunEvent): void;
  onProgress(progress: RunProgress): void;
}

type Finished = Extract<RunEvent, { type: 'finished' }>;

/** How a run ended: by its own last event, or without one and why. */
export type TrainEnd = { finished: Finished } | { failure: string };

/**
 * Trains in a process of its own, with its stderr cleaned of TensorFlow's chatter. The first Ctrl-C asks it to stop with
 * a checkpoint, the second ends it at once.
 */
export function trainInChild(job: TrainJob, handlers: TrainHandlers): Promise<TrainEnd> {
  const child = fork(path.join(projectRoot, 'server', 'cli', 'train', 'child.ts'), [], {
    cwd: projectRoot,
    execArgv: tsxArguments(),
    env: { ...process.env, ...engineEnvironment(job.threads) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  if (child.stderr) filterTensorflowNoise(child.stderr).pipe(process.stderr, { end: false });
  const send = (message: ToChild): void => {
    if (child.connected) child.send(message);
  };
  let interrupts = 0;
  const onInterrupt = (): void => {
    interrupts++;
    if (interrupts > 1) child.kill('SIGKILL');
    else {
      console.error('\nStopping after this iteration; once more ends it at once.');
      send({ say: 'stop' });
    }
  };
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
  return new Promise((resolve) => {
    let finished: Finished | undefined;
    let failure: string | undefined;
    child.on('message', (message: FromChild) => {
      if (message.say === 'progress') handlers.onProgress(message.progress);
      else if (message.say === 'failed') failure = message.message;
      else {
        if (message.event.type === 'finished') finished = message.event;
        handlers.onEvent(message.event);
      }
    });
    child.on('error', (error) => {
      failure ??= error.message;
    });
    child.on('close', (code, signal) => {
      process.removeListener('SIGINT', onInterrupt).removeListener('SIGTERM', onInterrupt);
      if (finished) resolve({ finished });
      else resolve({ failure: failure ?? `The training process ended unexpectedly (${signal ?? `exit ${code}`}).` });
    });
    send({ say: 'start', job });
  });
}
