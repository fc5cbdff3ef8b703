import { readFileSync } from 'node:fs';
import { readCheckpoint } from '@/lib/engine/checkpoint-file';
import { runTraining, type Wish } from '@/lib/engine/run-training';
import type { Branch } from '@/lib/engine/start-branch';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeAssets } from '@/server/domain/assets/node-assets';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import type { FromChild, ToChild, TrainJob } from './job';
import { latestCheckpoint, openRunFolder, type RunWriter } from './run-folder';

/**
 * The process that trains: one run, with TensorFlow's thread count fixed in its environment. Its parent hears events and
 * progress, and may ask it to stop; it dies with its parent. Ctrl-C reaches the whole group: only the parent listens.
 */
let wish: Wish = 'go';

/** Settles when the latest message, and so every one before it, has left. */
let told: Promise<void> = Promise.resolve();

const tell = (message: FromChild): void => {
  told = new Promise((resolve) => process.send?.(message, () => resolve()));
};

/** Iterations between checkpoints for recovery. */
const CHECKPOINT_EVERY = 500;

const branchOf = ({ file, ...rest }: NonNullable<TrainJob['branch']>): Branch => ({
  ...rest,
  checkpoint: readCheckpoint(readFileSync(file)),
});

async function train(job: TrainJob): Promise<void> {
  const { program, seed, expected, folder } = job;
  const datasets = nodeDatasets({ uploads: job.uploads, paths: job.data });
  const assets = nodeAssets({ uploads: job.uploads, files: job.assets });
  const host = await openNodeHost({ engine: job.engine, threads: job.threads, datasets, assets });
  const resume = folder !== null && job.resume ? await latestCheckpoint(folder) : null;
  const writer: RunWriter | null =
    folder === null ? null : await openRunFolder(folder, resume?.seq ?? 0, CHECKPOINT_EVERY);
  try {
    const items = runTraining(program, host, {
      kinds,
      seed,
      expected,
      control: { wants: () => wish },
      checkpointEvery: writer === null ? Number.MAX_SAFE_INTEGER : CHECKPOINT_EVERY,
      ...(resume ? { resume } : job.branch ? { branch: branchOf(job.branch) } : {}),
    });
    for await (const item of items) {
      if (item.kind === 'event') {
        writer?.event({ seq: item.seq, event: item.event });
        tell({ say: 'event', event: item.event });
      } else if (item.kind === 'checkpoint') await writer?.checkpoint(item.checkpoint, item.announced);
      else tell({ say: 'progress', progress: item.progress });
    }
  } finally {
    writer?.close();
  }
}

process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(1));
process.on('message', (message: ToChild) => {
  if (message.say === 'stop') {
    wish = 'stop';
    return;
  }
  train(message.job)
    .catch((error: unknown) => tell({ say: 'failed', message: error instanceof Error ? error.message : String(error) }))
    .then(() => told)
    .then(() => process.exit(0));
});
