import { required } from '@/lib/base/invariant';
import type { Fold, Op, Sweep, ValueId } from '@/lib/compile/program';
import type { Split } from '@/lib/datasets/card';
import type { Tensor } from '@/lib/nodes/kind';
import { readRows, rowsFrom } from './batches';
import { compilationOf, partsOf } from './compiled-update';
import { evaluateOps, type Scope } from './evaluate-ops';
import { addMeasure, type FoldResults, foldResults, measureFold, readMeasure, type Totals } from './fold-totals';
import type { RandomKey } from './host';
import { sliceOf } from './plan';
import { resolveScope, tracedScope } from './traced-scope';
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
  const { plan, host, program, calendar } = run;
  const { tf } = host;
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
  for (let first = 0, n = 0; first < examples; first += calendar.batch, n++) {
    if (await interrupted()) return null;
    const batch = Math.min(calendar.batch, examples - first);
    tf.tidy(() => {
      const values = heldFor(run, ops);
      for (const op of datasets) {
        const dataset = datasetOf(run, op.id);
        readRows(tf, op, dataset, sweep.split, rowsFrom(first, batch, dataset.card.counts[sweep.split]), values);
      }
      const computing = { ops, folds, values, batch, clocks };
      const measured = measureCompiled(run, sweep, n, computing) ?? measureEagerly(run, sweep, n, computing);
      for (const [fold, parts] of measured) {
        const totalsNow = readMeasure(plan.kinds, fold, parts, batch);
        totals.set(fold.id, addMeasure(plan.kinds, fold, totals.get(fold.id), totalsNow));
      }
    });
  }
  return folds.map((fold) => [fold, required(totals.get(fold.id), `totals of ${fold.id}`)]);
}

/** One batch of a sweep: its slice, what is to be measured, and what the data sets gave. */
interface SweepBatch {
  ops: Op[];
  folds: Fold[];
  values: Map<ValueId, Tensor>;
  batch: number;
  clocks: ReadonlyMap<ValueId, number>;
}

/** A pass over train before or between iterations draws other numbers than they do. */
const drawsOf = (split: Split): RandomKey['pass'] => (split === 'train' ? 'start' : split);

type Measured = [Fold, Record<string, Tensor>][];

function measureEagerly(run: TrainingRun, { split }: Sweep, n: number, computing: SweepBatch): Measured {
  return measure(run, computing, {
    clocks: computing.clocks,
    random: randomFor(run, drawsOf(split), n),
    variable: variableOf(run),
  });
}

/** The same as one graph call, traced once for each size of batch; null where it cannot be. */
function measureCompiled(run: TrainingRun, sweep: Sweep, n: number, computing: SweepBatch): Measured | null {
  const { compiler } = run.host;
  if (!compiler) return null;
  const { batch, clocks, folds, values } = computing;
  const resolve = (ahead: number) => resolveScope(run, drawsOf(sweep.split), n + ahead, clocks, values);
  const compiled = compilationOf(run, `${sweep.id}|${batch}|${run.branches}`, () =>
    compiler.compile(
      (input) => {
        const given = new Map([...values.keys()].map((id) => [id, input(`value:${id}`)]));
        const measured = measure(run, { ...computing, values: given }, tracedScope(compiler, input, clocks));
        const outputs: Record<string, Tensor> = {};
        for (const [fold, parts] of measured)
          for (const [name, tensor] of Object.entries(parts)) outputs[`${fold.id}:${name}`] = tensor;
        return { outputs, dispose() {} };
      },
      [resolve(0), resolve(1)],
    ),
  );
  if ('eager' in compiled) return null;
  const outputs = compiled.run(resolve(0));
  return folds.map((fold) => [fold, partsOf(outputs, `${fold.id}:`)]);
}

function measure(
  run: TrainingRun,
  { ops, folds, values, batch }: SweepBatch,
  scope: Pick<Scope, 'clocks' | 'random' | 'variable'>,
): Measured {
  const { plan, host } = run;
  evaluateOps(ops, values, {
    tf: host.tf,
    kinds: plan.kinds,
    ops: plan.ops,
    bodies: plan.program.bodies,
    mode: 'evaluation',
    batch,
    ...scope,
  });
  return folds.map((fold) => [fold, measureFold(host.tf, plan.kinds, fold, values, batch)]);
}
