import type { Program } from '@/lib/compile/program';
import type { Expectation } from '@/lib/graph/document';
import type { LoggedEvent, RunProgress } from '@/lib/protocol/run-event';
import type { DatasetRows } from '@/lib/protocol/service';
import type { Activation } from './activation';

/** To the worker. The first message is `start`. */
export type ToPreview =
  | {
      do: 'start';
      program: Program;
      seed: number;
      expected: readonly Expectation[];
      /** Sets that are not made in code, by id. */
      rows: Record<string, DatasetRows>;
    }
  | { do: 'wish'; wish: 'go' | 'pause' | 'stop' };

/** From the worker, at most ten times a second. */
export type FromPreview =
  | {
      is: 'update';
      events: LoggedEvent[];
      progress: RunProgress | null;
      activations: Record<string, Activation> | null;
    }
  | { is: 'paused' }
  | { is: 'finished' }
  | { is: 'failed'; text: string };
