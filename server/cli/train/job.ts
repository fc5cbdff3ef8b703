import type { Program } from '@/lib/compile/program';
import type { EngineName } from '@/lib/engine/host';
import type { Expectation } from '@/lib/graph/document';
import type { RunEvent, RunProgress } from '@/lib/protocol/run-event';

/** What the training child is told; paths are absolute. */
export interface TrainJob {
  program: Program;
  expected: Expectation[];
  seed: number;
  engine: EngineName | 'auto';
  threads: number;
  /** Files of data sets given by hand, by data set id. */
  data: Record<string, string>;
  /** Files of trained weights given by hand, by asset id. */
  assets: Record<string, string>;
  uploads: string;
  /** Where events and checkpoints go; null: nowhere. */
  folder: string | null;
  /** Continues from the latest checkpoint in `folder`. */
  resume: boolean;
  /** Where a new run leaves another one; `file`: its checkpoint. */
  branch: { run: string; file: string; names: Record<string, string> } | null;
}

export type ToChild = { say: 'start'; job: TrainJob } | { say: 'stop' };

export type FromChild =
  | { say: 'event'; event: RunEvent }
  | { say: 'progress'; progress: RunProgress }
  /** The run's own values: a document without Training has no more. */
  | { say: 'failed'; message: string };
