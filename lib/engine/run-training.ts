import { required } from '@/lib/base/invariant';
import type { Due, Emit, Program, VariableId } from '@/lib/compile/program';
import type { Expectation } from '@/lib/graph/document';
import type { Tensor } from '@/lib/nodes/kind';
import type { RunEvent, RunProgress } from '@/lib/protocol/run-event';
import { calculate, isCalculation } from './calculate';
import { defaultMetricsEvery, isDue, isPlanned, logsMetrics, type Moment, thinned } from './calendar';
import type { Checkpoint } from './checkpoint';
import { disposeState } from './device-state';
import { emitSample } from './emit-sample';
import { checkExpectations } from './expectations';
import { type FoldResults, foldResults } from './fold-totals';
import type { EngineHost } from './host';
import { badEvent, eagerEvent, earlyStopEvent, metricsOf, retiredEvent, startedEvent } from './log-events';
import { observe } from './monitor';
import type { Kinds } from './plan';
import { resetCarries } from './reset-carries';
import { RunAhead } from './run-ahead';
import { type CommandEvent, type NumberedCommand, RunCommands } from './run-commands';
import { runHold } from './run-hold';
import { makeMeter } from './run-meter';
import { makeCheckpoint } from './run-state';
import { runSweep } from './run-sweep';
import { type AskedChild, scoreChildren } from './score-children';
import { RECOVERY_EVERY, recoveryEvery } from './spread-checkpoints';
import type { Branch } from './start-branch';
import { trainChild } from './train-child';
import { addMeasured } from './train-iteration';
import { openRun, type TrainingRun } from './training-run';

export type Wish = 'go' | 'pause' | 'stop';

export interface TrainingOptions {
  kinds: Kinds;
  seed: number;
  resume?: Checkpoint;
  /** Where a new run leaves another; of no account once it has a checkpoint of its own. */
  branch?: Branch;
  /** `commands`: all that were given so far. */
  control?: { wants(): Wish; commands?(): readonly NumberedCommand[] };
  /** Commands that earlier slices logged. */
  log?: readonly CommandEvent[];
  /** Every how many iterations a `metrics` event is written; default: at most about 2,000 a run. */
  metricsEvery?: number;
  /** Every how many iterations a checkpoint for recovery is made, beside those of the program; default `recoveryEvery`. */
  checkpointEvery?: number;
  /**
   * Trains the children of a search elsewhere: answers the scores of those that are done, by key. Where one is missing the
   * run pauses, to be taken up when all are known. Absent: they are trained here, one after another.
   */
  children?: (asked: readonly AskedChild[]) => Promise<Readonly<Record<string, number>>>;
  /** Stated results, answered in the last event. */
  expected?: readonly Expectation[];
}

/**
 * `checkpoint`: planned ones (`announced`) are followed by their event, whose `ref` is `checkpointRef`; the others, for
 * recovery or a pause, leave no trace in the log and may be dropped once a later one is stored.
 */
export type EngineItem =
  | { kind: 'event'; event: RunEvent; seq: number }
  | { kind: 'progress'; progress: RunProgress }
  | { kind: 'checkpoint'; checkpoint: Checkpoint; best: boolean; announced: boolean };

export type TrainingOutcome = 'finished' | 'paused';

/** Name of a planned checkpoint in the run's store. */
export const checkpointRef = (iteration: number): string => `checkpoints/${String(iteration).padStart(8, '0')}`;

/** Milliseconds between two breaths, so that a wish to pause is heard within a tenth of a second. */
const BREATH = 25;
/** At most so many planned checkpoints, and samples of one sink, in a run; more would fill the disk, not the eye. */
const CHECKPOINTS = 50;
const SAMPLES = 200;
/** After so many iterations a sink that follows the iterations shows something in any case, so that people see it move. */
const EARLY_SAMPLES = [1, 10];

/**
 * Trains a program: PROGRAMS section 3. The log is a function of (program, seed, engine, threads, commands): however
 * often a run is paused or killed and taken up from a checkpoint, the same events with the same seq come out. On a wish
 * to pause the last item is a checkpoint; on `stop` the run finishes as cancelled.
 */
export async function* runTraining(
  program: Program,
  host: EngineHost,
  options: TrainingOptions,
): AsyncGenerator<EngineItem, TrainingOutcome> {
  const run = await openRun(program, options.kinds, host, options.seed, options);
  const memory: Memory = { before: null, replaced: [] };
  try {
    return yield* train(run, options, memory);
  } finally {
    for (const tensor of memory.replaced) tensor.dispose();
    disposeState(run.device);
    run.graphs.session?.dispose();
  }
}

/** The weights at the start of the iteration before, where that ran eagerly, for naming the node where a number went bad. */
interface Memory {
  before: Map<VariableId, Tensor> | null;
  replaced: Tensor[];
}

async function* train(
  run: TrainingRun,
  options: TrainingOptions,
  memory: Memory,
): AsyncGenerator<EngineItem, TrainingOutcome> {
  const { host, program, progress, plan } = run;
  const metricsEvery = (): number => options.metricsEvery ?? defaultMetricsEvery(run.calendar.iterations);
  const commands = new RunCommands(run, options.log ?? [], () => options.control?.commands?.() ?? []);
  const { validate, checkpoint } = program.run;
  const meter = makeMeter(run);
  const ahead = new RunAhead(run, (moment) => isQuiet(moment));
  let breathed = host.now();
  let stepping = false;
  const after = (done: number, every: number): number => (Math.floor(done / every) + 1) * every;
  /** Iterations done when the next checkpoint for recovery is due. */
  let recovery = after(progress.iteration, options.checkpointEvery ?? RECOVERY_EVERY);

  /** Whether nothing is due behind an iteration that looks at the weights. */
  const isQuiet = (moment: Moment): boolean => {
    const done = moment.iteration + 1;
    const looks = isPlanned(validate, moment, run.calendar) || isPlanned(checkpoint, moment, run.calendar, CHECKPOINTS);
    const ends = moment.closesEpoch || done >= run.calendar.iterations || done === recovery;
    return !looks && !ends && plan.emits.every((emit) => !isShown(emit, 'iteration', moment.iteration));
  };
  const isShown = ({ due }: Emit, when: Due['at'], iteration: number): boolean =>
    due.at === when &&
    (when !== 'iteration' ||
      EARLY_SAMPLES.includes(iteration + 1) ||
      isDue(thinned(due, run.calendar, SAMPLES), iteration));
  const wish = async (): Promise<Wish> => {
    if (host.now() - breathed >= BREATH) {
      await host.breathe();
      breathed = host.now();
    }
    const wanted = options.control?.wants() ?? 'go';
    return wanted === 'pause' && isStepping() ? 'go' : wanted;
  };
  const isOver = (): boolean => progress.iteration >= run.calendar.iterations || progress.stoppedEarly;
  /** A step that was asked for is made, with all that comes before and with it, although the run is to pause. */
  const isStepping = (): boolean =>
    stepping || (run.progress.next !== 'end' && commands.at(progress.iteration)?.command.do === 'step');
  const interrupted = async (): Promise<boolean> => (await wish()) !== 'go';
  const trainChildren = async (
    asked: readonly AskedChild[],
    known: (key: string, score: number) => void,
  ): Promise<boolean> => {
    if (options.children) {
      const scores = await options.children(asked);
      for (const [key, score] of Object.entries(scores)) known(key, score);
      return asked.every(({ key }) => key in scores);
    }
    const { kinds } = options;
    const wants = () => options.control?.wants() ?? 'go';
    for (const { key, request } of asked) {
      const score = await trainChild(host, request, { kinds, seed: run.seed, wants, train: runTraining });
      if (score === null) return false;
      known(key, score);
    }
    return true;
  };
  const log = (event: RunEvent): EngineItem => ({ kind: 'event', event, seq: progress.seq++ });
  const at = () => {
    const last = Math.max(0, progress.iteration - 1);
    return { iteration: last, epoch: run.calendar.moment(last).epoch };
  };
  const store = (announced: boolean): EngineItem => {
    meter.settle();
    // Only now, with no iteration under way: whether one may start before another ends hangs on it.
    const every = options.checkpointEvery ?? recoveryEvery(meter.step(), run.calendar.iterations);
    recovery = after(progress.iteration, every);
    return { kind: 'checkpoint', checkpoint: makeCheckpoint(run), best: progress.best, announced };
  };
  const announce = (): EngineItem =>
    log({ type: 'checkpoint', ...at(), ref: checkpointRef(progress.iteration), best: progress.best });
  const record = (results: FoldResults): void => {
    Object.assign(progress.metrics, results.values);
    for (const [key, value] of Object.entries(results.values)) {
      progress.history[key] ??= [];
      progress.history[key].push(value);
    }
  };
  function* samples(when: Due['at'], iteration: number): Generator<EngineItem> {
    for (const emit of plan.emits) {
      if (!isShown(emit, when, iteration)) continue;
      yield log({
        type: 'sample',
        ...at(),
        sink: emit.id,
        name: emit.name ?? emit.id,
        value: emitSample(run, emit, iteration),
      });
    }
  }
  /** False where a wish came in between: then nothing of the sweeps was logged. */
  async function* sweeps(when: Due['at']): AsyncGenerator<EngineItem, boolean> {
    const events: RunEvent[] = [];
    const results: FoldResults[] = [];
    for (const sweep of plan.sweeps) {
      if (sweep.due.at !== when) continue;
      if (sweep.split === 'train') {
        if (await runHold(run, sweep, progress.iteration, interrupted, memory.replaced)) continue;
        return false;
      }
      const result = await runSweep(run, sweep, progress.iteration - 1, interrupted);
      if (result === null) {
        if (await interrupted()) return false;
        continue;
      }
      results.push(result);
      events.push({ type: 'sweep', ...at(), split: sweep.split, ...result });
    }
    for (const result of results) record(result);
    if (when === 'validation' && results.length > 0) progress.validations.push(progress.iteration);
    for (const event of events) yield log(event);
    yield* refusals();
    return true;
  }
  function* trainFolds(): Generator<EngineItem> {
    const measured = plan.program.folds.flatMap((fold) => {
      const totals = progress.folds[fold.id];
      return totals ? [[fold, totals] as const] : [];
    });
    progress.folds = {};
    if (measured.length === 0) return;
    const results = foldResults(plan, run.datasets, 'train', measured);
    record(results);
    yield log({ type: 'sweep', ...at(), split: 'train', ...results });
  }
  /** Says once why a step runs op by op. */
  function* refusals(): Generator<EngineItem> {
    for (const reason of run.graphs.refused) {
      if (progress.told.includes(reason)) continue;
      progress.told.push(reason);
      yield log(eagerEvent(reason, at()));
    }
  }
  function* finish(status: 'succeeded' | 'failed' | 'cancelled' | 'diverged'): Generator<EngineItem> {
    meter.settle();
    yield log({
      type: 'finished',
      ...at(),
      status,
      seconds: progress.seconds,
      examplesSeen: progress.examplesSeen,
      examplesPerSecond: progress.iterationSeconds > 0 ? progress.examplesSeen / progress.iterationSeconds : 0,
      engine: host.engine,
      metrics: progress.metrics,
      expected: checkExpectations(options.expected ?? [], progress.history),
      ...(progress.branch ? { branch: progress.branch } : {}),
    });
  }
  /** The checkpoint of a pause, or the end of a cancelled run. */
  function* leave(): Generator<EngineItem, TrainingOutcome> {
    yield meter.report();
    yield store(false);
    if (options.control?.wants() !== 'stop') return 'paused';
    yield* finish('cancelled');
    return 'finished';
  }

  if (progress.seq === 0) {
    yield log(startedEvent(run, metricsEvery()));
    if (progress.branch) yield log({ type: 'branched', ...at(), ...progress.branch });
  }
  if (progress.next === 'start') {
    if (!(yield* sweeps('start'))) return yield* leave();
    // A branch may begin within an epoch.
    const within = progress.iteration > 0 && !run.calendar.moment(progress.iteration).opensEpoch;
    if (within && !(yield* sweeps('epoch'))) return yield* leave();
    yield* samples('start', progress.iteration);
    progress.next = run.calendar.iterations > 0 ? 'iterate' : 'end';
  }

  for (;;) {
    if (progress.next === 'iterate') {
      if (ahead.isEmpty()) {
        stepping = false;
        while (!stepping) {
          const next = commands.at(progress.iteration);
          if (!next) break;
          yield log(commands.take(next, isOver()));
          stepping = next.command.do === 'step' && !isOver();
        }
      }
      if (isOver()) {
        progress.next = 'end';
        continue;
      }
      while (ahead.mayStart(meter.step())) {
        if (await interrupted()) {
          ahead.stop();
          break;
        }
        // Commands take effect when all that was started has ended.
        if (!ahead.isEmpty() && (stepping || commands.at(ahead.next().iteration))) break;
        if (ahead.next().opensEpoch) {
          if (!(yield* sweeps('epoch'))) return yield* leave();
          resetCarries(run, memory.replaced);
        }
        if (!(await scoreChildren(run, ahead.next(), trainChildren))) return yield* leave();
        ahead.start();
      }
      const started = ahead.take();
      if (!started) return yield* leave();
      const { moment, began, eager } = started;
      const result = await started.result;
      const stopper = result.bad.find(({ task }) => task.nonFinite === 'stop');
      if (stopper) {
        if (eager) memory.replaced.push(...eager.replaced);
        yield log(await badEvent(run, stopper, moment, memory.before));
        yield* finish('diverged');
        return 'finished';
      }
      for (const tensor of memory.replaced) tensor.dispose();
      memory.replaced = eager?.replaced ?? [];
      memory.before = eager?.before ?? null;
      addMeasured(run, result);
      progress.best = false;
      progress.iteration++;
      progress.examplesSeen += moment.batch;
      meter.iteration(began);

      for (const update of result.bad) {
        required(run.device.optimizers.get(update.task.id), update.task.id).retired = true;
        yield log(retiredEvent(update, moment));
      }
      if (stepping || logsMetrics(moment.iteration, metricsEvery(), run.calendar.iterations))
        yield log(metricsOf(run, result, moment));
      yield* refusals();
      yield* samples('iteration', moment.iteration);
      if (meter.isDue()) yield meter.report();
      if (result.bad.length > 0 && [...run.device.optimizers.values()].every((optimizer) => optimizer.retired)) {
        yield* finish('diverged');
        return 'finished';
      }
      const last = progress.iteration >= run.calendar.iterations;
      if (moment.closesEpoch || last || isPlanned(validate, moment, run.calendar)) progress.next = 'validate';
      else if (isPlanned(checkpoint, moment, run.calendar, CHECKPOINTS)) {
        progress.next = 'announce';
        yield store(true);
      } else if (progress.iteration >= recovery) yield store(false);
    }

    if (progress.next === 'validate') {
      const moment = run.calendar.moment(progress.iteration - 1);
      const last = progress.iteration >= run.calendar.iterations;
      const validates = last || isPlanned(validate, moment, run.calendar);
      // A wish within the sweep discards it: the checkpoint says that it is still to be done.
      if (validates && !(yield* sweeps('validation'))) return yield* leave();
      if (moment.closesEpoch || run.calendar.iterationsPerEpoch === null || last) yield* trainFolds();
      if (validates) {
        const seen = observe(run);
        progress.best = seen.better;
        if (seen.stop) {
          progress.stoppedEarly = true;
          yield log(earlyStopEvent(run, at()));
        }
        if (last || isPlanned(validate, moment, run.calendar, SAMPLES)) yield* samples('validation', moment.iteration);
      }
      if (isPlanned({ at: 'epoch' }, moment, run.calendar, SAMPLES)) yield* samples('epoch', moment.iteration);
      const planned =
        !last && isPlanned(checkpoint.at === 'validation' ? validate : checkpoint, moment, run.calendar, CHECKPOINTS);
      progress.next = planned ? 'announce' : 'iterate';
      if (planned || progress.iteration >= recovery) yield store(planned);
    }

    if (progress.next === 'announce') {
      yield announce();
      progress.next = 'iterate';
    }

    if (progress.next === 'end') {
      const { best } = run.device;
      if (program.run.monitor?.restoreBest && best)
        for (const [id, value] of Object.entries(best)) run.device.variables.put(id, value);
      if (!(yield* sweeps('end'))) return yield* leave();
      if (isCalculation(program)) {
        const weights = Object.fromEntries(run.device.variables.hosts());
        record({ values: calculate(program, host, weights), tables: {} });
      }
      yield* samples('end', progress.iteration - 1);
      progress.next = 'announce-end';
      progress.best = best !== null || progress.monitor.iteration === progress.iteration - 1;
      yield store(true);
    }

    if (progress.next === 'announce-end') {
      yield announce();
      progress.next = 'finish';
    }

    if (progress.next === 'finish') {
      yield* finish('succeeded');
      return 'finished';
    }
  }
}
