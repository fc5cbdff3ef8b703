import { classHue } from '@/app/_pictures/class-colors';
import { ClassLegend } from './class-legend';
import type { Sample } from './fold-run';
import classes from './sample-panel.module.css';
import { linearTicks, tickText } from './ticks';

type Histogram = Extract<Sample, { sample: 'histogram' }>;

const WIDTH = 336;
const HEIGHT = 96;
const AXIS = 18;

/** How often numbers of each size occur, a layer for each class. */
export function HistogramPicture({ histogram }: { histogram: Histogram }) {
  const { low, high, series } = histogram;
  const most = Math.max(1, ...series.flatMap(({ counts }) => counts));
  const place = (value: number) => (WIDTH * (value - low)) / (high - low || 1);
  return (
    <>
      <svg
        className={classes.plot}
        viewBox={`0 0 ${WIDTH} ${HEIGHT + AXIS}`}
        role="img"
        aria-label={`Numbers from ${tickText(low)} to ${tickText(high)}`}
      >
        {series.map(({ name, counts }, index) => (
          <path
            key={name}
            d={outline(counts, most)}
            fill={`var(${classHue(index)})`}
            fillOpacity={series.length > 1 ? 0.35 : 0.6}
            stroke={`var(${classHue(index)})`}
          />
        ))}
        {linearTicks(low, high, 5).map((tick) => (
          <text key={tick} x={Math.min(WIDTH - 8, Math.max(8, place(tick)))} y={HEIGHT + 13} textAnchor="middle">
            {tickText(tick)}
          </text>
        ))}
      </svg>
      {series.length > 1 && <ClassLegend names={series.map(({ name }) => name)} />}
    </>
  );
}

/** Steps along the counts. */
function outline(counts: readonly number[], most: number): string {
  const step = WIDTH / Math.max(1, counts.length);
  const tops = counts.map((count, bin) => {
    const y = HEIGHT - (HEIGHT * count) / most;
    return `V${y.toFixed(1)}H${((bin + 1) * step).toFixed(1)}`;
  });
  return `M0 ${HEIGHT}${tops.join('')}V${HEIGHT}Z`;
}
