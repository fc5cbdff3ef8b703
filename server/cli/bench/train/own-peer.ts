import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { engineEnvironment } from '@/server/engine/engine-environment';
import { projectRoot, tsxArguments } from '@/server/engine/project';
import { filterTensorflowNoise } from '@/server/engine/tensorflow-noise';
import type { OwnAnswer, OwnJob } from './own-child';
import type { Peer } from './peer';

/** Our engine, or the same program op by op as TensorFlow.js comes. Throws with the child's reason where it fails. */
export async function openOwn(job: OwnJob, parameters: number): Promise<Peer> {
  const child = fork(path.join(projectRoot, 'server', 'cli', 'bench', 'train', 'own-child.ts'), [], {
    cwd: projectRoot,
    execArgv: tsxArguments(),
    env: { ...process.env, ...engineEnvironment(job.threads) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  if (child.stderr) filterTensorflowNoise(child.stderr).pipe(process.stderr, { end: false });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const opened = await ask(child, job);
  return {
    parameters,
    versions: 'ready' in opened ? { device: opened.ready.device } : {},
    async measure() {
      const answer = await ask(child, 'measure');
      if (!('examplesPerSecond' in answer)) throw new Error('Invariant: the child answers with a figure');
      return answer.examplesPerSecond;
    },
    async close() {
      child.disconnect();
      await ended;
    },
  };
}

function ask(child: ChildProcess, message: OwnJob | 'measure'): Promise<OwnAnswer> {
  return new Promise((resolve, reject) => {
    const onMessage = (answer: OwnAnswer) => {
      child.off('exit', onClose);
      if ('failure' in answer) reject(new Error(answer.failure));
      else resolve(answer);
    };
    const onClose = (code: number | null, signal: string | null) => {
      child.off('message', onMessage);
      reject(new Error(`The measuring process ended (${signal ?? `exit ${code}`}).`));
    };
    child.once('message', onMessage);
    child.once('exit', onClose);
    child.send(message);
  });
}
