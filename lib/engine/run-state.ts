import { invariant, required } from '@/lib/base/invariant';
import type { Json } from '@/lib/base/json';
import type { Path, VariableId } from '@/lib/compile/program';
import type { TriedChild } from '@/lib/nodes/common/children';
import type { HostTensor } from '@/lib/nodes/kind';
import type { BranchReport } from '@/lib/protocol/run-event';
import type { Checkpoint } from './checkpoint';
import { downloadState, uploadState } from './device-state';
import type { History } from './expectations';
import type { Totals } from './fold-totals';
import { initialValues } from './initial-values';
import { noOverrides, type Overrides } from './overrides';
import type { TrainingRun } from './training-run';

/**
 * What is to be done next. `validate`: iterations so far are done, the sweep behind them is not. `announce`: a planned
 * checkpoint is stored, its event may not be. `end`: best weights, test sweep. `finish`: all but the last event.
 */
export type Next = 'start' | 'iterate' | 'validate' | 'announce' | 'end' | 'announce-end' | 'finish';

/** A trained child, and the op that asked for it. */
export interface KnownChild extends TriedChild {
  by: Path;
}

/** The part of a run that is plain data. */
export interface Progress {
  next: Next;
  /** Iterations done. */
  iteration: number;
  seq: number;
  examplesSeen: number;
  /** Of training, over all slices. */
  seconds: number;
  /** Of iterations alone, without sweeps: what examples per second are counted by. */
  iterationSeconds: number;
  /** Totals of training folds since the epoch (or the last validation) began. */
  folds: Record<Path, Totals>;
  /** Latest values by metric key. */
  metrics: Record<string, number | null>;
  history: History;
  /** Iterations that were done at each validation: when the values of `val.` metrics in `history` were measured. */
  validations: number[];
  monitor: { best: number | null; iteration: number; wait: number };
  /** The children that were trained, by key. */
  children: Record<string, KnownChild>;
  stoppedEarly: boolean;
  /** The checkpoint at hand is the best so far. */
  best: boolean;
  /** Reasons why steps run eagerly, as far as the log has them. */
  told: string[];
  /** What people set while it trained, and how many of their commands were done. */
  overrides: Overrides;
  commands: number;
  /** Where the run branched off another, and what it took over; null: it began by itself. */
  branch: BranchReport | null;
}

export const freshProgress = (): Progress => ({
  next: 'start',
  iteration: 0,
  seq: 0,
  examplesSeen: 0,
  seconds: 0,
  iterationSeconds: 0,
  folds: {},
  metrics: {},
  history: {},
  validations: [],
  monitor: { best: null, iteration: -1, wait: 0 },
  children: {},
  stoppedEarly: false,
  best: false,
  told: [],
  overrides: noOverrides(),
  commands: 0,
  branch: null,
});

/** `Checkpoint.state`. */
export interface SavedState {
  progress: Omit<Progress, 'iteration' | 'seq' | 'examplesSeen' | 'seconds'>;
  optimizers: Record<Path, OptimizerJson>;
}

interface OptimizerJson {
  algorithm: string;
  t: Record<VariableId, number>;
  gathered: number;
  retired: boolean;
}

/** A copy of everything in memory. Reads the device. */
export function makeCheckpoint(run: TrainingRun): Checkpoint {
  const { progress, device, host, program, plan } = run;
  const { iteration, seq, examplesSeen, seconds, ...rest } = progress;
  const optimizers: Record<Path, OptimizerJson> = {};
  for (const { task } of plan.updates) {
    const optimizer = required(device.optimizers.get(task.id), task.id);
    optimizers[task.id] = {
      algorithm: task.algorithm,
      t: Object.fromEntries(optimizer.t),
      gathered: optimizer.gathered,
      retired: optimizer.retired,
    };
  }
  return {
    format: 'checkpoint/1',
    hash: program.hash,
    seed: run.seed,
    threads: host.threads,
    engine: host.engine,
    iteration,
    epoch: iteration === 0 ? 0 : run.calendar.moment(iteration - 1).epoch,
    seq,
    examplesSeen,
    seconds,
    tensors: downloadState(device),
    state: structuredClone({ progress: rest, optimizers }) as unknown as Record<string, Json>,
  };
}

/** Puts a run at its very start; `given`: weights that do not hang on the seed. */
export function beginRun(
  { program, seed, device }: TrainingRun,
  given: Readonly<Record<VariableId, HostTensor>>,
): void {
  for (const [id, value] of initialValues(program.variables, seed, given)) device.variables.put(id, value);
}

/** Puts a run where its checkpoint stands. */
export function restoreRun(run: TrainingRun, checkpoint: Checkpoint): void {
  const { device, host, program } = run;
  invariant(checkpoint.hash === program.hash, 'the checkpoint belongs to this program');
  const state = checkpoint.state as unknown as SavedState;
  const { iteration, seq, examplesSeen, seconds } = checkpoint;
  run.progress = { ...freshProgress(), ...structuredClone(state.progress), iteration, seq, examplesSeen, seconds };
  for (const totals of Object.values(run.progress.folds))
    for (const [name, numbers] of Object.entries(totals)) totals[name] = numbers.map((number) => number ?? Number.NaN);
  for (const [path, kept] of Object.entries(state.optimizers)) {
    const optimizer = required(device.optimizers.get(path), path);
    optimizer.t = new Map(Object.entries(kept.t));
    optimizer.gathered = kept.gathered;
    optimizer.retired = kept.retired;
  }
  uploadState(host.tf, checkpoint.tensors, device);
}
