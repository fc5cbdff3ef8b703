import type { EngineName } from '@/lib/engine/host';
import type { NumberedCommand } from '@/lib/engine/run-commands';
import type { Wish } from '@/lib/engine/run-training';
import type { LoggedEvent, RunProgress } from '@/lib/protocol/run-event';
import type { WantedChild } from '@/server/jobs/search-children';
import type { SliceStart } from '@/server/jobs/slice-start';
import type { StoredCheckpoint } from '@/server/jobs/write-slice';

/** What a worker tells its training child. */
export type ToTrainingChild =
  | { do: 'train'; runId: string; fence: number; start: SliceStart; wish: Wish }
  /** `pause` also where the slice's time is up. */
  | { do: 'wish'; wish: Wish }
  /** All commands that were given to its run so far. */
  | { do: 'commands'; commands: NumberedCommand[] }
  /** Batches up to this number are in the database. */
  | { do: 'written'; batch: number };

/** What a training child tells its worker; it never writes to the database itself. */
export type FromTrainingChild =
  | { say: 'ready'; engine: EngineName }
  | {
      say: 'batch';
      batch: number;
      events: LoggedEvent[];
      progress: RunProgress | null;
      checkpoints: StoredCheckpoint[];
    }
  /** Before `ended`: the run paused because it waits for these networks to be trained. */
  | { say: 'children'; wanted: WantedChild[] }
  | { say: 'ended'; outcome: 'finished' | 'paused' }
  /** The checkpoint needs another engine than this process has loaded. */
  | { say: 'other-engine'; engine: EngineName }
  /** Trying again at once would not help; the sentence is for the user. `later`: it may once they have done something. */
  | { say: 'failed'; message: string; detail: string; later: boolean };
