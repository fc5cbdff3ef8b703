import { required } from '@/lib/base/invariant';
import type { Fold, ValueId } from '@/lib/compile/program';
import type { Tensor } from '@/lib/nodes/kind';
import { applyUpdate } from './apply-update';
import { isDue, type Moment } from './calendar';
import { computeGradients, type Gradients } from './compute-gradients';
import { fetchBatch } from './fetch-batch';
import { addMeasure, measureFold, type Totals } from './fold-totals';
import type { UpdatePlan } from './plan';
import { clocksAt, randomFor, type TrainingRun } from './training-run';

/** What an iteration leaves behind for the log. */
export interface IterationResult {
  clocks: Map<ValueId, number>;
  /** Losses of the due updates, in order. */
  losses: { update: UpdatePlan; loss: number }[];
  /** Folds of this batch alone. */
  measured: [Fold, Totals][];
  /** Updates whose loss was not finite; nothing of theirs was applied. */
  bad: UpdatePlan[];
}

/**
 * One iteration: fetch, then the due updates in order, each seeing the earlier ones; or together, all gradients first.
 * An update whose loss is not finite is left out and reported; with `stop` nothing after it runs.
 */
export function trainIteration(run: TrainingRun, moment: Moment, old: Tensor[]): IterationResult {
  const { plan, host, device, progress } = run;
  const { tf } = host;
  const clocks = clocksAt(run, moment);
  const result: IterationResult = { clocks, losses: [], measured: [], bad: [] };
  const due = plan.updates.filter(
    ({ task }) => isDue(task.due, moment.iteration) && !required(device.optimizers.get(task.id), task.id).retired,
  );
  tf.tidy(() => {
    const values = fetchBatch(run, moment, clocks);
    const compute = (update: UpdatePlan): Gradients =>
      computeGradients(update, {
        tf,
        kinds: plan.kinds,
        variables: device.variables,
        values,
        clocks,
        batch: moment.batch,
        random: randomFor(run, 'train', moment.iteration),
      });
    const settle = (update: UpdatePlan, computed: Gradients): boolean => {
      result.losses.push({ update, loss: computed.loss });
      const finite = Number.isFinite(computed.loss);
      if (finite) {
        for (const fold of update.folds) {
          const measured = measureFold(tf, plan.kinds, fold, computed.measured, moment.batch);
          result.measured.push([fold, measured]);
        }
        applyUpdate(tf, update, computed, clocks, device, old);
      } else result.bad.push(update);
      computed.dispose();
      return finite || update.task.nonFinite === 'retire';
    };
    if (run.program.run.updates === 'together') {
      const all = due.map((update) => [update, compute(update)] as const);
      for (const [update, computed] of all) settle(update, computed);
    } else {
      for (const update of due) if (!settle(update, compute(update))) break;
    }
  });
  for (const [fold, measured] of result.measured)
    progress.folds[fold.id] = addMeasure(plan.kinds, fold, progress.folds[fold.id], measured);
  return result;
}
