'use client';

import { Slider } from '@mantine/core';
import { Segmented } from '@/app/_ui/segmented';
import { type Curve, CurveChart } from './curve-chart';
import type { CurveGroup } from './curve-groups';
import type { RunView } from './fold-run';
import { formatMetric } from './format-figures';
import classes from './runs.module.css';
import { indexAt, smooth } from './series';

/** Points further back weigh less than 0.99^2000 in the smoothed value. */
const MEMORY = 2_000;

export interface CurveSettings {
  smoothing: number;
  log: boolean;
}

/** One chart with its legend. The first chart of a run carries smoothing and scale for all. */
export function CurvePanel(props: {
  group: CurveGroup;
  view: RunView;
  at: number | null;
  height: number;
  /** Whether the best checkpoint is marked: in one chart, not in all. */
  marksBest: boolean;
  settings: CurveSettings;
  onSettings?: (settings: CurveSettings) => void;
  onPick(iteration: number): void;
}) {
  const { group, view, at, settings, onSettings } = props;
  // A loss that goes below zero has no logarithm.
  const log = settings.log && !group.share && !group.curves.some(({ series }) => series.y.some((value) => value < 0));
  const values = group.curves.map((curve) => ({ curve, value: valueAt(curve, at, settings.smoothing) }));
  const said = values.map(({ curve, value }) => `${curve.title} ${formatMetric(group.name, value)}`).join(', ');
  return (
    <section className={classes.block} aria-label={group.title}>
      <div className={classes.blockHead}>
        <h3>{group.title}</h3>
        <span className={classes.legends}>
          {values.map(({ curve, value }) => (
            <span key={curve.key} className={classes.legend} style={{ ['--c' as string]: `var(${curve.color})` }}>
              {curve.title} <b>{formatMetric(group.name, value)}</b>
            </span>
          ))}
        </span>
      </div>
      <CurveChart
        curves={group.curves}
        height={props.height}
        log={log}
        share={group.share}
        smoothing={settings.smoothing}
        perEpoch={view.started?.iterationsPerEpoch ?? null}
        planned={view.started?.iterations ?? null}
        at={at}
        best={props.marksBest ? view.best : null}
        label={`${group.title}: ${said}`}
        onPick={props.onPick}
      />
      {onSettings && (
        <div className={classes.tools}>
          <span id={`smoothing-${group.name}`}>Smoothing</span>
          <Slider
            w={120}
            min={0}
            max={0.99}
            step={0.01}
            value={settings.smoothing}
            onChange={(smoothing) => onSettings({ ...settings, smoothing })}
            thumbLabel="Smoothing"
            styles={{ bar: { background: 'var(--nl-text-2)' } }}
          />
          <output>{settings.smoothing.toFixed(2)}</output>
          <Segmented
            label="Scale of the loss"
            value={settings.log ? 'log' : 'lin'}
            options={[
              { value: 'lin', label: 'lin' },
              { value: 'log', label: 'log' },
            ]}
            onChange={(scale) => onSettings({ ...settings, log: scale === 'log' })}
          />
        </div>
      )}
    </section>
  );
}

/** What the legend says: the smoothed course where one is drawn, so that number and line agree. */
function valueAt({ series, noisy }: Curve, at: number | null, smoothing: number): number | undefined {
  const { x, y } = series;
  const index = at === null ? y.length - 1 : indexAt(x, at);
  if (!noisy) return y[index];
  return smooth(y.slice(Math.max(0, index + 1 - MEMORY), index + 1), smoothing).at(-1);
}
