import os from 'node:os';
import type { Checkpoint } from '@/lib/engine/checkpoint';
import { readCheckpoint } from '@/lib/engine/checkpoint-file';
import type { EngineHost } from '@/lib/engine/host';
import type { NumberedCommand } from '@/lib/engine/run-commands';
import { runTraining, type Wish } from '@/lib/engine/run-training';
import type { AskedChild } from '@/lib/engine/score-children';
import type { Branch } from '@/lib/engine/start-branch';
import { compileChild, scoreOf } from '@/lib/engine/train-child';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeAssets } from '@/server/domain/assets/node-assets';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import { projectRoot } from '@/server/engine/project';
import { readEnv } from '@/server/env/env';
import type { WantedChild } from '@/server/jobs/search-children';
import type { SliceStart } from '@/server/jobs/slice-start';
import type { BlobStore } from '@/server/storage/blob-store';
import { localFolder } from '@/server/storage/local-folder';
import { CheckpointWriter, StorageError } from './checkpoint-writer';
import type { FromTrainingChild, ToTrainingChild } from './child-protocol';
import { Outbox } from './outbox';

/**
 * The process that trains slices, one at a time: loads the engine, says that it is ready, waits for a run, trains, and is
 * ready for the next one as long as it has not grown. It dies with its worker. `NETLOOM_THREADS`: of the engine, for the
 * life of the process.
 */
process.on('disconnect', () => process.exit(0));
// Only the worker decides: a signal to the whole group (Ctrl-C) must not cut a checkpoint.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

/** Beyond this resident size a new process is better than a used one. */
const GROWN = 1_500_000_000;

type Task = Extract<ToTrainingChild, { do: 'train' }>;

const tell = (message: FromTrainingChild): void => {
  process.send?.(message);
};

let wish: Wish = 'go';
let commands: readonly NumberedCommand[] = [];
let outbox = new Outbox(tell);
let onTask: (task: Task) => void = () => undefined;
process.on('message', (message: ToTrainingChild) => {
  if (message.do === 'train') onTask(message);
  else if (message.do === 'wish') wish = message.wish;
  else if (message.do === 'commands') commands = message.commands;
  else outbox.written(message.batch);
});

async function main(): Promise<void> {
  const env = readEnv(process.env, projectRoot);
  const threads = Number(process.env.NETLOOM_THREADS);
  process.title = 'netloom-training (loading)';
  // Pages, edits and streams go first; TensorFlow's threads, made later, inherit it.
  os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  const first = nextTask();
  const host = await openNodeHost({
    ...(threads > 0 ? { threads } : {}),
    datasets: nodeDatasets({ uploads: env.uploads, cache: env.cache }),
    assets: nodeAssets({ uploads: env.uploads }),
  });
  // The first op of a process is slow; it need not be the run's.
  host.tf.tidy(() => host.tf.matMul(host.tf.ones([8, 8]), host.tf.ones([8, 8])).dataSync());
  const blobs = localFolder(env.blobs);
  const tensors = host.tf.memory().numTensors;
  for (let task = first; ; task = nextTask()) {
    process.title = 'netloom-training (spare)';
    tell({ say: 'ready', engine: host.engine });
    const { runId, fence, start } = await task;
    process.title = `netloom-training ${runId}`;
    const reusable = await train(host, blobs, runId, fence, start);
    if (!reusable || process.memoryUsage.rss() > GROWN || host.tf.memory().numTensors > tensors) return;
  }
}

/** The next run; its batches start afresh, and what is wanted of it comes with it. */
function nextTask(): Promise<Task> {
  return new Promise((resolve) => {
    onTask = (task) => {
      wish = task.wish;
      commands = task.start.commands;
      outbox = new Outbox(tell);
      resolve(task);
    };
  });
}

/** Answers whether this process may go on to another run. */
async function train(
  host: EngineHost,
  blobs: BlobStore,
  runId: string,
  fence: number,
  start: SliceStart,
): Promise<boolean> {
  const resume = await latest(blobs, start.checkpoints);
  if (resume && resume.engine !== host.engine) {
    tell({ say: 'other-engine', engine: resume.engine as EngineHost['engine'] });
    return false;
  }
  const checkpoints = new CheckpointWriter(blobs, runId, fence, (stored) => outbox.checkpoint(stored));
  const generator = runTraining(start.program, host, {
    kinds,
    seed: start.seed,
    expected: start.expected,
    control: { wants: () => wish, commands: () => commands },
    log: start.log,
    children: (asked) => trainedElsewhere(host, start, asked),
    ...(resume ? { resume } : start.origin ? { branch: await branchOf(blobs, start.origin) } : {}),
  });
  for (;;) {
    const step = await generator.next();
    if (step.done) {
      await checkpoints.settled();
      await outbox.drained();
      tell({ say: 'ended', outcome: step.value });
      return true;
    }
    const item = step.value;
    // Whoever sees that a run has ended may ask for its weights.
    if (item.kind === 'event' && item.event.type === 'finished') await checkpoints.settled();
    if (item.kind === 'event') outbox.event(item.seq, item.event);
    else if (item.kind === 'progress') outbox.progress(item.progress);
    else await checkpoints.store(item.checkpoint, item.best);
    await outbox.room();
  }
}

/**
 * The scores of the children that have been trained as runs of their own, or that cannot be built; the others are asked
 * for.
 */
async function trainedElsewhere(
  host: EngineHost,
  { children }: SliceStart,
  asked: readonly AskedChild[],
): Promise<Record<string, number>> {
  const scores: Record<string, number> = {};
  const wanted: WantedChild[] = [];
  for (const { key, request } of asked) {
    const ended = children[key];
    const made = ended ? null : await compileChild(host, request, kinds);
    if (made) wanted.push({ key, ...made });
    else scores[key] = ended ? scoreOf(request, ended) : request.otherwise;
  }
  if (wanted.length > 0) tell({ say: 'children', wanted });
  return scores;
}

async function branchOf(blobs: BlobStore, origin: NonNullable<SliceStart['origin']>): Promise<Branch> {
  const { ref, ...rest } = origin;
  return { ...rest, checkpoint: readCheckpoint(await blobs.get(ref)) };
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

/** Errors of ours, which say nothing to a user; the worker's log has them. */
const isInternal = (error: unknown): boolean =>
  !(error instanceof Error) ||
  /^(Type|Reference|Range|Syntax)Error$/.test(error.name) ||
  /^Invariant:/.test(error.message);

main().then(
  () => process.disconnect?.(),
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    tell({
      say: 'failed',
      message: isInternal(error) ? 'The run was stopped by an internal error of the engine.' : message,
      detail: error instanceof Error ? (error.stack ?? message) : message,
      later: error instanceof StorageError,
    });
    setTimeout(() => process.exit(1), 200);
  },
);
