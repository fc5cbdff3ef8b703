import { setImmediate as breath } from 'node:timers/promises';
import type { Checkpoint } from '@/lib/engine/checkpoint';
import { writeCheckpoint } from '@/lib/engine/checkpoint-file';
import type { StoredCheckpoint } from '@/server/jobs/write-slice';
import type { BlobStore } from '@/server/storage/blob-store';

/**
 * Stores checkpoints while training goes on: bytes are made of each once the next iterations are under way, and written
 * behind. One is on its way at a time. The key holds the fencing token, so that a slice that lost its run cannot touch what others rely on.
 */
export class CheckpointWriter {
  private writing: Promise<void> = Promise.resolve();
  private failure: unknown = null;

  constructor(
    private readonly blobs: BlobStore,
    private readonly runId: string,
    private readonly fence: number,
    private readonly onStored: (stored: StoredCheckpoint) => void,
  ) {}

  async store(checkpoint: Checkpoint, best: boolean): Promise<void> {
    await this.settled();
    const { iteration, seq } = checkpoint;
    const ref = `runs/${this.runId}/checkpoints/${String(iteration).padStart(8, '0')}-${seq}-${this.fence}`;
    const put = async () => {
      // The engine takes the first breath itself, if at all, before it goes on.
      await breath();
      await breath();
      return this.blobs.put(ref, writeCheckpoint(checkpoint));
    };
    this.writing = put().then(
      (written) => this.onStored({ iteration, seq, ref, best, bytes: written.bytes }),
      (error: unknown) => {
        this.failure = error;
      },
    );
  }

  /** Resolves once the last one is stored; throws where it could not be. */
  async settled(): Promise<void> {
    await this.writing;
    if (this.failure) throw new StorageError(this.failure);
  }
}

/** A checkpoint could not be stored. The run waits until somebody has looked after the disk. */
export class StorageError extends Error {
  override name = 'StorageError';

  constructor(override readonly cause: unknown) {
    super(
      cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC'
        ? 'The disk is full: the checkpoint could not be stored. Make room, then resume the run.'
        : 'The checkpoint could not be stored. Look at the disk of the data folder, then resume the run.',
    );
  }
}
