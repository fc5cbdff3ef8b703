import type { Path } from '@/lib/compile/program';
import { isDue, type Moment } from './calendar';
import { startCompiledIteration } from './compiled-iteration';
import type { OptimizerState } from './device-state';
import type { UpdatePlan } from './plan';
import type { StateTensors } from './state-tensors';
import { clocksAt, liveRun, type TrainingRun } from './training-run';

/** The state of a run at the start of an iteration: tensors are saved in the session, counters here. */
export interface Saved {
  iteration: number;
  /** Milliseconds of the host. */
  at: number;
  counters: Map<Path, Pick<OptimizerState, 't' | 'gathered'>>;
}

/** Iterations, and milliseconds, after which the state is saved again: so much is computed again to look back. */
const EVERY = 100;
const LONGEST = 5000;

/** Saves the state from time to time, so that what went wrong can be looked at: compiled steps leave no old tensors. */
export function saveBefore(run: TrainingRun, { iteration }: Moment): void {
  const { host, device } = run;
  const { saved, session } = run.graphs;
  if (saved && iteration - saved.iteration < EVERY && host.now() - saved.at < LONGEST) return;
  session?.save();
  const counters = new Map<Path, Pick<OptimizerState, 't' | 'gathered'>>();
  for (const [path, { t, gathered }] of device.optimizers) counters.set(path, { t: new Map(t), gathered });
  run.graphs.saved = { iteration, at: host.now(), counters };
}

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

/** Updates that an iteration makes. */
export const dueUpdates = ({ plan, device }: TrainingRun, iteration: number): UpdatePlan[] =>
  plan.updates.filter(({ task }) => isDue(task.due, iteration) && !device.optimizers.get(task.id)?.retired);

const stateParts = ({ device }: TrainingRun): StateTensors[] => [
  device.variables,
  ...[...device.optimizers.values()].flatMap(({ slots, accumulated }) => [slots, accumulated]),
];
