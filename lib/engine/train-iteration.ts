import { required } from '@/lib/base/invariant';
import type { Fold, ValueId } from '@/lib/compile/program';
import type { Tensor } from '@/lib/nodes/kind';
import { applyUpdate } from './apply-update';
import { isDue, type Moment } from './calendar';
import { runCompiledUpdate, type UpdateOutcome } from './compiled-update';
import { computeGradients } from './compute-gradients';
import { fetchBatch } from './fetch-batch';
import { addMeasure, measureFold, readMeasure, type Totals } from './fold-totals';
import type { UpdatePlan } from './plan';
import { clocksAt, liveRun, randomFor, type TrainingRun } from './training-run';

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
export function trainIteration(whole: TrainingRun, moment: Moment, old: Tensor[]): IterationResult {
  const clocks = clocksAt(whole, moment);
  const run = liveRun(whole, clocks);
  const { plan, host, device, progress } = run;
  const { tf } = host;
  const result: IterationResult = { clocks, losses: [], measured: [], bad: [] };
  const due = plan.updates.filter(
    ({ task }) => isDue(task.due, moment.iteration) && !required(device.optimizers.get(task.id), task.id).retired,
  );
  tf.tidy(() => {
    const values = fetchBatch(run, moment, clocks);
    const evaluate = (update: UpdatePlan): UpdateOutcome =>
      runCompiledUpdate(run, update, { moment, clocks, values }, old) ?? runEagerUpdate(update);
    const runEagerUpdate = (update: UpdatePlan): UpdateOutcome => {
      const computed = computeGradients(update, {
        tf,
        kinds: plan.kinds,
        ops: plan.ops,
        bodies: run.program.bodies,
        variables: device.variables,
        values,
        clocks,
        batch: moment.batch,
        random: randomFor(run, 'train', moment.iteration),
      });
      return {
        loss: computed.loss.dataSync()[0] ?? Number.NaN,
        measured: update.folds.map((fold) => [
          fold,
          measureFold(tf, plan.kinds, fold, computed.measured, moment.batch),
        ]),
        commit: () => applyUpdate(tf, update, computed, { clocks }, device, old),
        dispose: () => computed.dispose(),
      };
    };
    const settle = (update: UpdatePlan, outcome: UpdateOutcome): boolean => {
      const { loss } = outcome;
      result.losses.push({ update, loss });
      const finite = Number.isFinite(loss);
      if (finite) {
        for (const [fold, measured] of outcome.measured)
          result.measured.push([fold, readMeasure(plan.kinds, fold, measured, moment.batch)]);
        outcome.commit();
      } else result.bad.push(update);
      outcome.dispose?.();
      return finite || update.task.nonFinite === 'retire';
    };
    if (run.program.run.updates === 'together') {
      const all = due.map((update) => [update, evaluate(update)] as const);
      for (const [update, outcome] of all) settle(update, outcome);
    } else {
      for (const update of due) if (!settle(update, evaluate(update))) break;
    }
  });
  for (const [fold, measured] of result.measured)
    progress.folds[fold.id] = addMeasure(plan.kinds, fold, progress.folds[fold.id], measured);
  return result;
}
