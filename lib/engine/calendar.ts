import type { Due, Path, Program } from '@/lib/compile/program';
import type { DatasetCard, OpenDataset } from '@/lib/datasets/card';
import { cardFor } from '@/lib/datasets/hold-out';

/** Where an iteration stands: its epoch, its first example, and its batch. */
export interface Moment {
  iteration: number;
  epoch: number;
  /** Place in the epoch, from 0. */
  step: number;
  batch: number;
  /** Examples of earlier iterations, over all epochs. */
  before: number;
  opensEpoch: boolean;
  closesEpoch: boolean;
}

/** A run's plan in time: PROGRAMS section 3, "Fetch". */
export interface Calendar {
  iterations: number;
  epochs: number | null;
  iterationsPerEpoch: number | null;
  batch: number;
  moment(iteration: number): Moment;
}

/** One iteration is one batch of one size for the whole program: b, or an epoch's remainder. */
export function makeCalendar(program: Program, datasets: ReadonlyMap<Path, Pick<OpenDataset, 'card'>>): Calendar {
  const { run } = program;
  const wanted = Math.max(1, program.symbols.batch ?? 1);
  const source = run.epochSource === null ? undefined : datasets.get(run.epochSource);
  const examples = source?.card.counts.train ?? 0;
  if (examples === 0) {
    if (!('iterations' in run.length)) throw new Error('Invariant: epochs without a finite source');
    return {
      iterations: run.length.iterations,
      epochs: null,
      iterationsPerEpoch: null,
      batch: wanted,
      moment: (iteration) => ({
        iteration,
        epoch: 0,
        step: iteration,
        batch: wanted,
        before: iteration * wanted,
        opensEpoch: iteration === 0,
        closesEpoch: false,
      }),
    };
  }
  const batch = Math.min(wanted, examples);
  const full = Math.floor(examples / batch);
  const remainder = run.remainder === 'keep' ? examples - full * batch : 0;
  const perEpoch = full + (remainder > 0 ? 1 : 0);
  const iterations = 'epochs' in run.length ? Math.round(run.length.epochs * perEpoch) : run.length.iterations;
  return {
    iterations,
    epochs: 'epochs' in run.length ? run.length.epochs : null,
    iterationsPerEpoch: perEpoch,
    batch,
    moment(iteration) {
      const epoch = Math.floor(iteration / perEpoch);
      const step = iteration - epoch * perEpoch;
      return {
        iteration,
        epoch,
        step,
        batch: step < full ? batch : remainder,
        before: epoch * (full * batch + remainder) + step * batch,
        opensEpoch: step === 0,
        closesEpoch: step === perEpoch - 1,
      };
    },
  };
}

/** The plan of a program as far as the cards of its data sets tell, before any is opened. */
export function plannedCalendar(program: Program, cards: Readonly<Record<string, DatasetCard>>): Calendar {
  const source = program.ops.find((op) => op.id === program.run.epochSource);
  const card = source && cardFor(source.params, (id) => cards[id]);
  return makeCalendar(program, new Map(source && card ? [[source.id, { card }]] : []));
}

/** Due means `(n + 1) % every == 0` and `from <= n < until`, n being the iteration. */
export const isDue = (due: Due, n: number): boolean =>
  (n + 1) % (due.every ?? 1) === 0 && n >= (due.from ?? 0) && n < (due.until ?? Number.POSITIVE_INFINITY);

/**
 * Every how many iterations metrics are logged: at most about 2,000 points a run. The first twenty and the last are
 * always logged, so that curves start at once.
 */
export const defaultMetricsEvery = (iterations: number): number => Math.max(1, Math.ceil(iterations / 2000));

export const logsMetrics = (iteration: number, every: number, iterations: number): boolean =>
  iteration < 20 || (iteration + 1) % every === 0 || iteration === iterations - 1;

/**
 * Whether a policy (validate, checkpoint) is due after this iteration. `most`: where it would be due more often than
 * that in a run, evenly spaced ones of them are left.
 */
export function isPlanned(due: Due, moment: Moment, calendar: Calendar, most = Number.POSITIVE_INFINITY): boolean {
  if (due.at === 'iteration') return isDue(thinned(due, calendar, most), moment.iteration);
  if (due.at !== 'epoch' || !moment.closesEpoch || !isDue(due, moment.epoch)) return false;
  const spacing = Math.ceil(calendar.iterations / most);
  const since = (calendar.iterationsPerEpoch ?? 1) * (due.every ?? 1);
  const done = moment.iteration + 1;
  return spacing <= 1 || Math.floor(done / spacing) > Math.floor((done - since) / spacing);
}

/** The same rhythm, slower where it would beat more than `most` times in a run. */
export function thinned(due: Due, calendar: Calendar, most: number): Due {
  const every = due.every ?? 1;
  const factor = Math.max(1, Math.ceil(calendar.iterations / (every * most)));
  return factor === 1 ? due : { ...due, every: every * factor };
}
