import type { Moment } from './calendar';
import { usesHost } from './fetch-batch';
import { type StartedIteration, startIteration } from './train-iteration';
import type { TrainingRun } from './training-run';

/** Milliseconds of work, and iterations, that may be under way: enough to hide the host's pauses, soon done on a wish. */
const WORK = 40;
const MOST = 16;
/** An iteration that takes longer leaves time enough to prepare the next one behind it. */
const SLOW = 500;

/**
 * Iterations under way, oldest first. Compiled ones are started before the last has ended, so that the engine never
 * waits; only while nothing looks at the state in between: results are the same as one by one.
 */
export class RunAhead {
  private readonly started: StartedIteration[] = [];
  private stopped = false;
  private readonly alone: boolean;

  /** `quiet`: nothing is due behind an iteration that looks at the weights or ends the epoch. */
  constructor(
    private readonly run: TrainingRun,
    private readonly quiet: (moment: Moment) => boolean,
  ) {
    const { plan } = run;
    this.alone = usesHost(plan) || plan.updates.some(({ task }) => task.nonFinite === 'retire');
  }

  /** The iteration to start next. */
  next(): Moment {
    return this.run.calendar.moment(this.run.progress.iteration + this.started.length);
  }

  /** `stepMilliseconds`: how long one takes lately. */
  mayStart(stepMilliseconds: number): boolean {
    const { progress, calendar } = this.run;
    if (this.stopped || progress.iteration + this.started.length >= calendar.iterations) return false;
    const last = this.started.at(-1);
    if (!last) return true;
    if (this.alone || last.eager || !this.quiet(last.moment)) return false;
    const most = stepMilliseconds > SLOW ? 1 : Math.max(2, Math.floor(WORK / Math.max(stepMilliseconds, 0.1)));
    return this.started.length < Math.min(MOST, most);
  }

  start(): void {
    this.started.push(startIteration(this.run, this.next()));
  }

  /** The oldest, whose turn it is; undefined where none is under way. */
  take(): StartedIteration | undefined {
    return this.started.shift();
  }

  /** Whether none is under way. */
  isEmpty(): boolean {
    return this.started.length === 0;
  }

  /** Starts no more. */
  stop(): void {
    this.stopped = true;
  }
}
