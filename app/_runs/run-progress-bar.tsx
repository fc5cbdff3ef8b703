import type { RunSummary } from '@/lib/protocol/service';
import type { RunView } from './fold-run';
import classes from './runs.module.css';

/** More epochs than this share one bar. */
const MOST_SEGMENTS = 40;

/** How far the run is: a segment an epoch, as far as each is through. */
export function RunProgressBar({ run, view }: { run: RunSummary; view: RunView }) {
  const { started } = view;
  const planned = started?.iterations ?? run.progress?.iterations ?? null;
  const perEpoch = started?.iterationsPerEpoch ?? null;
  const over = view.finished !== null;
  const done = over && view.finished?.status === 'succeeded' ? (planned ?? 1) : reached(run, view);
  const epochs = started?.epochs ?? (planned !== null && perEpoch ? Math.ceil(planned / perEpoch) : null);
  const part = planned ? Math.min(1, done / planned) : over ? 1 : 0;
  const segments = epochs !== null && epochs > 1 && epochs <= MOST_SEGMENTS ? epochs : 1;
  const epoch = perEpoch ? Math.min(epochs ?? Number.POSITIVE_INFINITY, Math.max(1, Math.ceil(done / perEpoch))) : null;
  const inEpoch = perEpoch && epoch !== null ? Math.min(perEpoch, done - (epoch - 1) * perEpoch) : null;
  const state = !over ? 'running' : view.finished?.status === 'succeeded' ? 'done' : 'failed';
  return (
    <div className={classes.epochs}>
      <div className={classes.epochLine}>
        {epoch !== null ? (
          <span>
            <b>Epoch {epoch}</b> {epochs !== null && <span className={classes.soft}>of {epochs}</span>}
          </span>
        ) : (
          <b>{stepText(view, done, planned)}</b>
        )}
        <span className={classes.soft}>
          {inEpoch !== null && perEpoch
            ? `batch ${inEpoch.toLocaleString('en-US')} of ${perEpoch.toLocaleString('en-US')}`
            : ''}
        </span>
      </div>
      <div
        className={classes.segments}
        data-state={state}
        role="progressbar"
        aria-label="Progress of the run"
        aria-valuenow={Math.round(100 * part)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        {Array.from({ length: segments }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a segment is its place
          <div className={classes.segment} key={index}>
            <i style={{ width: `${100 * Math.min(1, Math.max(0, part * segments - index))}%` }} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** Where no epoch is counted; a document without Training is evaluated once and has no steps at all. */
function stepText({ started, finished }: RunView, done: number, planned: number | null): string {
  if (!started) return 'Not started yet';
  if (finished && done === 0) return 'Evaluated once';
  return `Step ${Math.min(done, planned ?? done).toLocaleString('en-US')}`;
}

/** Iterations done: what the progress beside the log says, or the last event where it is newer. */
function reached(run: RunSummary, view: RunView): number {
  const told = view.curves && view.seq >= 0 && view.iteration > 0 ? view.iteration + 1 : 0;
  return Math.max(told, run.progress?.iteration ?? 0);
}
