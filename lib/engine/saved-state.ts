import type { Path } from '@/lib/compile/program';
import type { Moment } from './calendar';
import type { OptimizerState } from './device-state';
import type { TrainingRun } from './training-run';

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
