import type { Checkpoint } from '@/lib/engine/checkpoint';
import { readCheckpoint } from '@/lib/engine/checkpoint-file';
import type { EngineHost } from '@/lib/engine/host';
import { runTraining, type Wish } from '@/lib/engine/run-training';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import { projectRoot } from '@/server/engine/project';
import { readEnv } from '@/server/env/env';
import type { SliceStart } from '@/server/jobs/slice-start';
import type { BlobStore } from '@/server/storage/blob-store';
import { localFolder } from '@/server/storage/local-folder';
import { CheckpointWriter, StorageError } from './checkpoint-writer';
import type { FromTrainingChild, ToTrainingChild } from './child-protocol';
import { Outbox } from './outbox';

/**
 * The process that trains one slice: loads the engine, says that it is ready, waits for its run, trains, ends. It dies
 * with its worker. `NETLOOM_THREADS`: of the engine, for the life of the process.
 */
process.title = 'netloom-training (spare)';
process.on('disconnect', () => process.exit(0));
// Only the worker decides: a signal to the whole group (Ctrl-C) must not cut a checkpoint.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

const tell = (message: FromTrainingChild): void => {
  process.send?.(message);
};

let wish: Wish = 'go';
const outbox = new Outbox(tell);

async function main(): Promise<void> {
  const env = readEnv(process.env, projectRoot);
  const threads = Number(process.env.NETLOOM_THREADS);
  const task = new Promise<Extract<ToTrainingChild, { do: 'train' }>>((resolve) => {
    process.on('message', (message: ToTrainingChild) => {
      if (message.do === 'train') resolve(message);
      else if (message.do === 'wish') wish = message.wish;
      else outbox.written(message.batch);
    });
  });
  const host = await openNodeHost({
    ...(threads > 0 ? { threads } : {}),
    datasets: nodeDatasets({ uploads: env.uploads, cache: env.cache }),
  });
  // The first op of a process is slow; it need not be the run's.
  host.tf.tidy(() => host.tf.matMul(host.tf.ones([8, 8]), host.tf.ones([8, 8])).dataSync());
  tell({ say: 'ready', engine: host.engine });
  const { runId, fence, start } = await task;
  process.title = `netloom-training ${runId}`;
  await train(host, localFolder(env.blobs), runId, fence, start);
}

async function train(
  host: EngineHost,
  blobs: BlobStore,
  runId: string,
  fence: number,
  start: SliceStart,
): Promise<void> {
  const resume = await latest(blobs, start.checkpoints);
  if (resume && resume.engine !== host.engine) {
    tell({ say: 'other-engine', engine: resume.engine as EngineHost['engine'] });
    return;
  }
  const checkpoints = new CheckpointWriter(blobs, runId, fence, (stored) => outbox.checkpoint(stored));
  const generator = runTraining(start.program, host, {
    kinds,
    seed: start.seed,
    expected: start.expected,
    control: { wants: () => wish },
    ...(resume ? { resume } : {}),
  });
  for (;;) {
    const step = await generator.next();
    if (step.done) {
      await checkpoints.settled();
      await outbox.drained();
      tell({ say: 'ended', outcome: step.value });
      return;
    }
    const item = step.value;
    if (item.kind === 'event') outbox.event(item.seq, item.event);
    else if (item.kind === 'progress') outbox.progress(item.progress);
    else await checkpoints.store(item.checkpoint, item.best);
    await outbox.room();
  }
}

/** The newest checkpoint that is whole. */
async function latest(blobs: BlobStore, refs: string[]): Promise<Checkpoint | null> {
  for (const ref of refs) {
    try {
      return readCheckpoint(await blobs.get(ref));
    } catch (error) {
      console.error(`Checkpoint ${ref} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return null;
}

main().then(
  () => process.disconnect?.(),
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const internal = /^Invariant:|is not a function|Cannot read prop/.test(message);
    tell({
      say: 'failed',
      message: internal ? 'The run was stopped by an internal error of the engine.' : message,
      detail: error instanceof Error ? (error.stack ?? message) : message,
      later: error instanceof StorageError,
    });
    setTimeout(() => process.exit(1), 200);
  },
);
