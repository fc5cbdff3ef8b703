import { required } from '@/lib/base/invariant';
import type { Fold, Op, Sweep, ValueId } from '@/lib/compile/program';
import type { Split } from '@/lib/datasets/card';
import type { HostTensor, Tensor } from '@/lib/nodes/kind';
import { type HostText, readArrays, rowsFrom, toTensor } from './batches';
import { compilationOf } from './compilation';
import { partsOf } from './compiled-iteration';
import { evaluateOps, type Scope } from './evaluate-ops';
import { addMeasure, type FoldResults, foldResults, measureFold, readMeasure, type Totals } from './fold-totals';
import type { RandomKey } from './host';
import { sliceOf } from './plan';
import { send } from './state-tensors';
import { feedScope, tracedScope } from './traced-scope';
import { onHost } from './train-iteration';
import { clocksAt, datasetOf, heldFor, liveRun, randomFor, type TrainingRun, variableOf } from './training-run';

/** Prefix of a split's metrics. */
export const passOf = (split: Split): 'train' | 'val' | 'test' => (split === 'validation' ? 'val' : split);

/** Metrics of a split. Null where it is empty or `interrupted` said so between two batches. */
export async function runSweep(
  run: TrainingRun,
  sweep: Sweep,
  iteration: number,
  interrupted: () => Promise<boolean>,
): Promise<FoldResults | null> {
  const totals = await sweepTotals(run, sweep, iteration, interrupted);
  return totals && foldResults(run.plan, run.datasets, passOf(sweep.split), totals);
}

/** Batches of a sweep that may be under way at once. */
const AHEAD = 3;

/**
 * A split in index order and evaluation mode, the last partial batch kept; folds are weighted by example. Null where
 * the split is empty or `interrupted` said so between two batches.
 */
export async function sweepTotals(
  whole: TrainingRun,
  { id }: Sweep,
  iteration: number,
  interrupted: () => Promise<boolean>,
): Promise<[Fold, Totals][] | null> {
  const clocks = clocksAt(whole, whole.calendar.moment(Math.max(0, iteration)));
  const run = liveRun(whole, clocks);
  const { plan, program, calendar } = run;
  const sweep = required(
    plan.sweeps.find((task) => task.id === id),
    `sweep ${id}`,
  );
  const ops = sliceOf(plan, sweep.ops);
  const datasets = ops.filter((op) => plan.datasets.includes(op));
  const counts = datasets.map((op) => datasetOf(run, op.id).card.counts[sweep.split]);
  if (counts.includes(0)) return null;
  const examples = counts.length > 0 ? Math.max(...counts) : program.run.validationBatches * calendar.batch;
  const folds = sweep.folds.map((id) => required(plan.folds.get(id), `fold ${id}`));
  const totals = new Map<string, Totals>();
  const started: { batch: number; measured: Promise<Measured> }[] = [];
  const settle = async (most: number): Promise<void> => {
    while (started.length > most) {
      const { batch, measured } = required(started.shift(), 'batch');
      for (const [fold, parts] of await measured)
        totals.set(
          fold.id,
          addMeasure(plan.kinds, fold, totals.get(fold.id), readMeasure(plan.kinds, fold, parts, batch)),
        );
    }
  };
  for (let first = 0, n = 0; first < examples; first += calendar.batch, n++) {
    if (await interrupted()) {
      await settle(0);
      return null;
    }
    const batch = Math.min(calendar.batch, examples - first);
    const given = new Map<ValueId, HostTensor | HostText>();
    for (const op of datasets) {
      const dataset = datasetOf(run, op.id);
      const rows = rowsFrom(first, batch, dataset.card.counts[sweep.split]);
      for (const [id, array] of readArrays(op, dataset, sweep.split, rows, given)) given.set(id, array);
    }
    const computing = { ops, folds, given, batch, clocks };
    const compiled = measureCompiled(run, sweep, n, computing);
    started.push({ batch, measured: compiled ?? Promise.resolve(measureEagerly(run, sweep, n, computing)) });
    await settle(compiled ? AHEAD - 1 : 0);
  }
  await settle(0);
  return folds.map((fold) => [fold, required(totals.get(fold.id), `totals of ${fold.id}`)]);
}

/** One batch of a sweep: its slice, what is to be measured, and what the data sets gave. */
interface SweepBatch {
  ops: Op[];
  folds: Fold[];
  given: Map<ValueId, HostTensor | HostText>;
  batch: number;
  clocks: ReadonlyMap<ValueId, number>;
}

/** A pass over train before or between iterations draws other numbers than they do. */
const drawsOf = (split: Split): RandomKey['pass'] => (split === 'train' ? 'start' : split);

type Measured = [Fold, Record<string, HostTensor>][];

function measureEagerly(run: TrainingRun, { split }: Sweep, n: number, computing: SweepBatch): Measured {
  const { tf } = run.host;
  const { ops, given, clocks } = computing;
  let measured: Measured = [];
  tf.tidy(() => {
    const values = heldFor(run, ops);
    for (const [id, array] of given) values.set(id, toTensor(tf, array));
    const scope = { clocks, random: randomFor(run, drawsOf(split), n), variable: variableOf(run) };
    measured = measure(run, computing, values, scope).map(([fold, parts]) => [fold, onHost(parts)]);
  });
  return measured;
}

/** The same as one graph call, traced once for each size of batch; null where it cannot be. */
function measureCompiled(run: TrainingRun, sweep: Sweep, n: number, computing: SweepBatch): Promise<Measured> | null {
  const { ops, batch, clocks, folds, given } = computing;
  const feeds = new Map<ValueId, HostTensor>();
  for (const [id, array] of given) {
    // Text is read on the host.
    if (Array.isArray(array.data)) return null;
    feeds.set(id, array as HostTensor);
  }
  const feed = feedScope(run, drawsOf(sweep.split), n, clocks, feeds);
  const compiled = compilationOf(run, `${sweep.id}|${batch}|${run.branches}`, () => ({
    state: ops.flatMap((op) => Object.values(op.uses).map((id) => `variable:${id}`)),
    trace: (compiler) => (input) => {
      const values = new Map([...heldFor(run, ops).keys(), ...given.keys()].map((id) => [id, input(`value:${id}`)]));
      const outputs: Record<string, Tensor> = {};
      for (const [fold, parts] of measure(run, computing, values, tracedScope(compiler, input, clocks)))
        for (const [name, tensor] of Object.entries(parts)) outputs[`${fold.id}:${name}`] = tensor;
      return { outputs };
    },
    example: feed,
    note: null,
  }));
  if (!compiled) return null;
  send(compiled.session, compiled.reads);
  return compiled.step.start(feed).then((made) => folds.map((fold) => [fold, partsOf(made, `${fold.id}:`)]));
}

function measure(
  run: TrainingRun,
  { ops, folds, batch }: SweepBatch,
  values: Map<ValueId, Tensor>,
  scope: Pick<Scope, 'clocks' | 'random' | 'variable'>,
): [Fold, Record<string, Tensor>][] {
  const { plan, host } = run;
  evaluateOps(ops, values, {
    tf: host.tf,
    kinds: plan.kinds,
    ops: plan.ops,
    specs: plan.program.values,
    bodies: plan.program.bodies,
    mode: 'evaluation',
    batch,
    ...scope,
  });
  return folds.map((fold) => [fold, measureFold(host.tf, plan.kinds, fold, values, batch)]);
}
