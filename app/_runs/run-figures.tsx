import type { RunSummary } from '@/lib/protocol/service';
import type { RunView } from './fold-run';
import { formatBytes, formatRate, formatSeconds, formatStep } from './format-figures';
import classes from './runs.module.css';

/** Speed, step time, time left and memory; after the end the time that it took. */
export function RunFigures({ run, view }: { run: RunSummary; view: RunView }) {
  const { progress } = run;
  const { finished } = view;
  const rate = finished?.examplesPerSecond ?? progress?.examplesPerSecond;
  const left = progress?.secondsLeft ?? null;
  const memory = progress?.memoryBytes ?? null;
  const figures = [
    { title: 'Examples / s', value: rate ? formatRate(rate) : '–' },
    { title: 'Step time', value: progress ? formatStep(progress.stepMilliseconds) : '–' },
    finished
      ? { title: 'Time', value: formatSeconds(finished.seconds) }
      : { title: 'Time left', value: left === null ? '–' : formatSeconds(left) },
    { title: 'Memory', value: memory === null ? '–' : formatBytes(memory) },
  ];
  return (
    <dl className={classes.figures} style={{ margin: 0 }}>
      {figures.map(({ title, value }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
