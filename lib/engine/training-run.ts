import { required } from '@/lib/base/invariant';
import type { Op, Path, Program, ValueId } from '@/lib/compile/program';
import type { HostArray, OpenDataset } from '@/lib/datasets/card';
import type { Random, Tensor } from '@/lib/nodes/kind';
import { assetValues } from './asset-values';
import { openDatasets, TrainingRows } from './batches';
import { type Calendar, type Moment, makeCalendar } from './calendar';
import type { Checkpoint } from './checkpoint';
import { clockValues } from './clock-values';
import type { Compiled } from './compilation';
import { type DeviceState, emptyState } from './device-state';
import type { EngineHost, RandomKey, StepSession } from './host';
import { liveKey, liveProgram } from './live-program';
import { applyOverrides } from './overrides';
import { type Kinds, type Plan, planProgram } from './plan';
import { randomOf } from './random';
import { beginRun, freshProgress, type Progress, restoreRun } from './run-state';
import type { Saved } from './saved-state';
import { type Branch, startBranch } from './start-branch';

/** The compiled steps of a run. */
export interface Graphs {
  /** Where they keep the run's state, once there is one. */
  session: StepSession | null;
  /** Steps that became one graph call; null: that cannot be. */
  compiled: Map<string, Compiled | null>;
  /** Why some steps run eagerly. */
  refused: Set<string>;
  /** To look back: an earlier state. */
  saved: Saved | null;
}

/** Everything that one run holds while it trains. */
export interface TrainingRun {
  host: EngineHost;
  plan: Plan;
  program: Program;
  /** As it was started; `program` and `plan` have what people changed since. */
  original: Program;
  seed: number;
  datasets: Map<Path, OpenDataset>;
  calendar: Calendar;
  rows: TrainingRows;
  /** Memory of batches that were handed over, by dataset node. */
  spare: Map<Path, Record<string, HostArray>>;
  device: DeviceState;
  progress: Progress;
  graphs: Graphs;
  /** What switches leave of the program, by the branches that are live. */
  live: Map<string, { program: Program; plan: Plan }>;
  /** Iterations of this slice that made one update alone. */
  steps: Map<number, Path>;
  /** Those of this view of the run, and which numbers are overridden: what compiled steps differ by. */
  branches: string;
}

/** Opens the data, then starts from initial weights, off another run, or exactly where a checkpoint of this one stands. */
export async function openRun(
  program: Program,
  kinds: Kinds,
  host: EngineHost,
  seed: number,
  from: { resume?: Checkpoint; branch?: Branch },
): Promise<TrainingRun> {
  const plan = planProgram(program, kinds);
  const datasets = await openDatasets(program, kinds, host);
  const run: TrainingRun = {
    host,
    plan,
    program,
    original: program,
    seed,
    datasets,
    calendar: makeCalendar(program, datasets),
    rows: new TrainingRows(seed, program.run.epochSource),
    spare: new Map(),
    device: emptyState(
      host.tf,
      plan.updates.map(({ task }) => task.id),
      () => run.graphs.session,
    ),
    progress: freshProgress(),
    graphs: { session: null, compiled: new Map(), refused: new Set(), saved: null },
    live: new Map(),
    steps: new Map(),
    branches: '',
  };
  if (from.resume) restoreRun(run, from.resume);
  else {
    const given = await assetValues(program, host);
    if (from.branch) startBranch(run, from.branch, given);
    else beginRun(run, given);
  }
  applyOverrides(run);
  return run;
}

export const randomFor =
  (run: Pick<TrainingRun, 'host' | 'seed'>, pass: RandomKey['pass'], clock: number) =>
  (op: Op, t: number): Random =>
    randomOf(run.host, op, { seed: run.seed, pass, clock, t });

export const clocksAt = (run: TrainingRun, moment: Pick<Moment, 'iteration' | 'epoch'>): Map<ValueId, number> =>
  clockValues(
    run.plan,
    {
      iteration: moment.iteration,
      epoch: moment.epoch,
      iterationsPerEpoch: run.calendar.iterationsPerEpoch,
      iterations: run.calendar.iterations,
    },
    {
      overrides: run.progress.overrides.numbers,
      history: (metric) => valuesBefore(run.progress, metric, moment.iteration),
    },
  );

/** A metric at each validation before an iteration. */
function valuesBefore({ validations, history }: Progress, metric: string, iteration: number) {
  const before = validations.filter((done) => done <= iteration).length;
  return (history[metric] ?? []).slice(0, before);
}

/** The run with the program as it is at a moment: where switches choose, only their live branches. */
export function liveRun(run: TrainingRun, clocks: ReadonlyMap<ValueId, number>): TrainingRun {
  const { program, kinds } = run.plan;
  const branches = liveKey(program, kinds, clocks);
  if (branches === '') return run;
  let live = run.live.get(branches);
  if (!live) {
    const left = liveProgram(program, kinds, clocks);
    live = { program: left, plan: planProgram(left, kinds) };
    run.live.set(branches, live);
  }
  return { ...run, ...live, branches: `${run.branches}|${branches}` };
}

export const datasetOf = (run: TrainingRun, path: Path): OpenDataset =>
  required(run.datasets.get(path), `data set of ${path}`);

/** Held values that some ops read. */
export function heldFor(run: TrainingRun, ops: readonly Op[]): Map<ValueId, Tensor> {
  const values = new Map<ValueId, Tensor>();
  if (run.device.held.size === 0) return values;
  for (const op of ops)
    for (const id of Object.values(op.in).flat()) {
      const tensor = run.device.held.get(id);
      if (tensor) values.set(id, tensor);
    }
  return values;
}

export const variableOf =
  (run: TrainingRun) =>
  (id: string): Tensor =>
    required(run.device.variables.get(id), `variable ${id}`);
