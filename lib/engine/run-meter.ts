import type { RunProgress } from '@/lib/protocol/run-event';
import type { TrainingRun } from './training-run';

/** Milliseconds between two reports; each goes to all who watch. */
const PROGRESS = 500;

/** Speed and time left: by the clock, beside the log. */
export function makeMeter(run: TrainingRun) {
  const { host, progress } = run;
  let settled = host.now();
  let reported = Number.NEGATIVE_INFINITY;
  let step = 0;
  let ended = 0;
  return {
    step: () => step,
    /** Iterations overlap: each counts from the end of the one before. */
    iteration(began: number): void {
      const now = host.now();
      const milliseconds = now - Math.max(began, ended);
      ended = now;
      progress.iterationSeconds += milliseconds / 1000;
      step = step === 0 ? milliseconds : 0.9 * step + 0.1 * milliseconds;
    },
    settle(): void {
      const now = host.now();
      progress.seconds += (now - settled) / 1000;
      settled = now;
    },
    isDue: (): boolean => host.now() - reported >= PROGRESS,
    report(): { kind: 'progress'; progress: RunProgress } {
      reported = host.now();
      this.settle();
      const left = run.calendar.iterations - progress.iteration;
      return {
        kind: 'progress',
        progress: {
          iteration: progress.iteration,
          epoch: run.calendar.moment(Math.max(0, progress.iteration - 1)).epoch,
          iterations: run.calendar.iterations,
          examplesSeen: progress.examplesSeen,
          examplesPerSecond: step > 0 ? (run.calendar.batch * 1000) / step : 0,
          secondsLeft: progress.iteration > 0 ? (left * progress.seconds) / progress.iteration : null,
          stepMilliseconds: step,
          memoryBytes: host.memoryBytes?.() ?? null,
          device: host.device,
        },
      };
    },
  };
}
