import type { History } from '@/lib/engine/expectations';
import { checkVariantExpectations } from '@/lib/engine/variant-expectations';
import type { Expectation } from '@/lib/graph/document';
import type { LoggedEvent, RunEvent } from '@/lib/protocol/run-event';

type Finished = Extract<RunEvent, { type: 'finished' }>;

/** The last line of `train`: the run's own, or one over all variants. */
export type FinishLine = Finished & { variants?: (Finished & { variant: string })[]; reason?: string };

/** A metric's values in the order of the sweeps that gave them. */
export function historyOf(events: readonly RunEvent[]): History {
  const history: History = {};
  for (const event of events) {
    if (event.type !== 'sweep') continue;
    for (const [key, value] of Object.entries(event.values)) history[key] = [...(history[key] ?? []), value];
  }
  return history;
}

/** What a run that ended without a last event has to say. */
export function failedLine(events: readonly RunEvent[], reason: string): FinishLine {
  const started = events.find((event) => event.type === 'started');
  return {
    type: 'finished',
    iteration: 0,
    epoch: 0,
    status: 'failed',
    seconds: 0,
    examplesSeen: 0,
    examplesPerSecond: 0,
    engine: started?.engine ?? 'cpu',
    metrics: {},
    expected: [],
    reason,
  };
}

const WORST: Finished['status'][] = ['failed', 'diverged', 'cancelled', 'succeeded'];

/** One line for all variants: metrics as `<variant>:<metric>`, the worst status, sums of times and examples. */
export function combineVariants(
  runs: readonly { variant: string; finished: FinishLine; history: History }[],
  expected: readonly Expectation[],
): FinishLine {
  const [first] = runs;
  if (!first) throw new Error('Invariant: a document with variants has one');
  const sum = (pick: (line: FinishLine) => number): number =>
    runs.reduce((total, { finished }) => total + pick(finished), 0);
  const seconds = sum((line) => line.seconds);
  const examplesSeen = sum((line) => line.examplesSeen);
  const trainingSeconds = sum((line) => (line.examplesPerSecond > 0 ? line.examplesSeen / line.examplesPerSecond : 0));
  const status = WORST.find((one) => runs.some(({ finished }) => finished.status === one)) ?? 'succeeded';
  return {
    ...first.finished,
    status,
    seconds,
    examplesSeen,
    examplesPerSecond: trainingSeconds > 0 ? examplesSeen / trainingSeconds : 0,
    metrics: Object.fromEntries(
      runs.flatMap(({ variant, finished }) =>
        Object.entries(finished.metrics).map(([key, value]) => [`${variant}:${key}`, value]),
      ),
    ),
    expected: checkVariantExpectations(expected, Object.fromEntries(runs.map((run) => [run.variant, run.history]))),
    variants: runs.map(({ variant, finished }) => ({ ...finished, variant })),
  };
}

/** The last event of a log, if the run ended by itself. */
export function endOf(events: readonly LoggedEvent[]): Finished | null {
  const last = events.at(-1)?.event;
  return last?.type === 'finished' && last.status !== 'cancelled' ? last : null;
}
