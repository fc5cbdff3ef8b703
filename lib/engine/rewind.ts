import { isDue } from './calendar';
import { startCompiledIteration } from './compiled-iteration';
import type { UpdatePlan } from './plan';
import type { StateTensors } from './state-tensors';
import { clocksAt, liveRun, type TrainingRun } from './training-run';

/**
 * Puts the state of a run whose steps are compiled back to the start of an iteration, computing from where it was saved.
 * False where that is not known any more.
 */
export async function rewind(run: TrainingRun, iteration: number): Promise<boolean> {
  const { device, calendar } = run;
  const { saved, session } = run.graphs;
  if (!saved || !session || iteration < saved.iteration) return false;
  session.restore();
  // Not again on the way.
  saved.at = Number.POSITIVE_INFINITY;
  for (const part of stateParts(run)) part.leaveAll();
  for (const [path, { t, gathered }] of saved.counters) {
    const optimizer = device.optimizers.get(path);
    if (!optimizer) continue;
    optimizer.t = new Map(t);
    optimizer.gathered = gathered;
  }
  for (let i = saved.iteration; i < iteration; i++) {
    const moment = calendar.moment(i);
    const clocks = clocksAt(run, moment);
    const live = liveRun(run, clocks);
    const due = dueUpdates(live, i);
    const started = startCompiledIteration(live, due, moment, clocks);
    if (!started && due.length > 0) return false;
    await started;
  }
  return true;
}

/** Updates that an iteration makes; one alone, due or not, where somebody asked for that. */
export function dueUpdates({ plan, device, steps }: TrainingRun, iteration: number): UpdatePlan[] {
  const alone = steps.get(iteration);
  return plan.updates.filter(
    ({ task }) =>
      (alone === undefined ? isDue(task.due, iteration) : task.id === alone) &&
      !device.optimizers.get(task.id)?.retired,
  );
}

const stateParts = ({ device }: TrainingRun): StateTensors[] => [
  device.variables,
  ...[...device.optimizers.values()].flatMap(({ slots, accumulated }) => [slots, accumulated]),
];
