import { classHue } from '@/app/_pictures/class-colors';
import type { Sample } from './fold-run';
import classes from './sample-panel.module.css';

type Scatter = Extract<Sample, { sample: 'scatter' }>;

const SIZE = 320;
const EDGE = 12;

/** Points of the plane, in equal units along both axes; each wire or class has a colour. */
export function ScatterPicture({ scatter }: { scatter: Scatter }) {
  const all = scatter.series.flatMap(({ x, y }) => [...x, ...y]).filter(Number.isFinite);
  const reach = Math.max(1e-6, ...all.map(Math.abs)) * 1.05;
  const place = (value: number) => SIZE / 2 + ((SIZE / 2 - EDGE) * value) / reach;
  return (
    <svg
      className={classes.curves}
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      role="img"
      aria-label={`Points from ${figure(-reach)} to ${figure(reach)} on both axes`}
    >
      <line x1={0} x2={SIZE} y1={SIZE / 2} y2={SIZE / 2} stroke="var(--nl-line)" />
      <line y1={0} y2={SIZE} x1={SIZE / 2} x2={SIZE / 2} stroke="var(--nl-line)" />
      {scatter.series.map(({ x, y, label }, wire) =>
        x.map((value, row) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the list
            key={`${wire} ${row}`}
            cx={place(value).toFixed(1)}
            cy={(SIZE - place(y[row] ?? 0)).toFixed(1)}
            r="2"
            fill={`var(${classHue(label?.[row] ?? wire)})`}
            opacity="0.8"
          />
        )),
      )}
      <text x={SIZE - 4} y={SIZE / 2 - 4} textAnchor="end">
        {figure(reach)}
      </text>
    </svg>
  );
}

const figure = (value: number): string => String(Number(value.toPrecision(2)));
