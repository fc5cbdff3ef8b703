import { required } from '@/lib/base/invariant';
import type { Fold, Sweep, ValueId } from '@/lib/compile/program';
import type { Split } from '@/lib/datasets/card';
import type { HostTensor } from '@/lib/nodes/kind';
import { type HostText, readArrays, rowsFrom } from './batches';
import { addMeasure, type FoldResults, foldResults, readMeasure, type Totals } from './fold-totals';
import { type Measured, measureBatch } from './measure-batch';
import { sliceOf } from './plan';
import { clocksAt, datasetOf, liveRun, type TrainingRun } from './training-run';

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
    const { measured, overlaps } = measureBatch(run, sweep, n, { ops, folds, given, batch, clocks });
    started.push({ batch, measured });
    await settle(overlaps ? AHEAD - 1 : 0);
  }
  await settle(0);
  return folds.map((fold) => [fold, required(totals.get(fold.id), `totals of ${fold.id}`)]);
}
