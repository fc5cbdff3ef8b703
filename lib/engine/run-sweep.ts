import { required } from '@/lib/base/invariant';
import type { Sweep, ValueId } from '@/lib/compile/program';
import type { Split } from '@/lib/datasets/card';
import type { Tensor } from '@/lib/nodes/kind';
import { readRows, rowsFrom } from './batches';
import { evaluateOps } from './evaluate-ops';
import { addMeasure, type FoldResults, foldResults, measureFold, readMeasure, type Totals } from './fold-totals';
import { sliceOf } from './plan';
import { clocksAt, datasetOf, randomFor, type TrainingRun, variableOf } from './training-run';

/** Prefix of a split's metrics. */
export const passOf = (split: Split): 'train' | 'val' | 'test' => (split === 'validation' ? 'val' : split);

/**
 * A split in index order and evaluation mode, the last partial batch kept; folds are weighted by example. Null where
 * the split is empty or `interrupted` said so between two batches.
 */
export async function runSweep(
  run: TrainingRun,
  sweep: Sweep,
  iteration: number,
  interrupted: () => Promise<boolean>,
): Promise<FoldResults | null> {
  const { plan, host, program, calendar } = run;
  const { tf } = host;
  const ops = sliceOf(plan, sweep.ops);
  const datasets = ops.filter((op) => plan.datasets.includes(op));
  const counts = datasets.map((op) => datasetOf(run, op.id).card.counts[sweep.split]);
  if (counts.includes(0)) return null;
  const examples = counts.length > 0 ? Math.max(...counts) : program.run.validationBatches * calendar.batch;
  const folds = sweep.folds.map((id) => required(plan.folds.get(id), `fold ${id}`));
  const totals = new Map<string, Totals>();
  const clocks = clocksAt(run, calendar.moment(Math.max(0, iteration)));
  for (let first = 0, n = 0; first < examples; first += calendar.batch, n++) {
    if (await interrupted()) return null;
    const batch = Math.min(calendar.batch, examples - first);
    tf.tidy(() => {
      const values = new Map<ValueId, Tensor>();
      for (const op of datasets) {
        const dataset = datasetOf(run, op.id);
        readRows(tf, op, dataset, sweep.split, rowsFrom(first, batch, dataset.card.counts[sweep.split]), values);
      }
      evaluateOps(ops, values, {
        tf,
        kinds: plan.kinds,
        mode: 'evaluation',
        batch,
        clocks,
        random: randomFor(run, sweep.split, n),
        variable: variableOf(run),
      });
      for (const fold of folds) {
        const measured = readMeasure(plan.kinds, fold, measureFold(tf, plan.kinds, fold, values, batch), batch);
        totals.set(fold.id, addMeasure(plan.kinds, fold, totals.get(fold.id), measured));
      }
    });
  }
  return foldResults(
    plan,
    run.datasets,
    passOf(sweep.split),
    folds.map((fold) => [fold, required(totals.get(fold.id), `totals of ${fold.id}`)]),
  );
}
