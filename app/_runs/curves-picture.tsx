import { classHue } from '@/app/_pictures/class-colors';
import type { Sample } from './fold-run';
import classes from './sample-panel.module.css';

type Curves = Extract<Sample, { sample: 'curves' }>;

const SIZE = { width: 320, height: 200, side: 28, foot: 16 };

/** Functions of one number, each with the band of its uncertainty, over the points that it was fitted to. */
export function CurvesPicture({ curves: { series, points } }: { curves: Curves }) {
  const [left, right] = boundsOf([...series.flatMap(({ x }) => x), ...(points?.x ?? [])]);
  const [low, high] = boundsOf([
    ...series.flatMap(({ y, spread }) =>
      y.flatMap((value, i) => [value - (spread?.[i] ?? 0), value + (spread?.[i] ?? 0)]),
    ),
    ...(points?.y ?? []),
  ]);
  const placeX = (x: number) => SIZE.side + ((SIZE.width - SIZE.side - 8) * (x - left)) / (right - left);
  const placeY = (y: number) => SIZE.height - SIZE.foot - ((SIZE.height - SIZE.foot - 8) * (y - low)) / (high - low);
  const line = (x: number[], y: number[]) =>
    x.map((value, i) => `${placeX(value).toFixed(1)} ${placeY(y[i] ?? 0).toFixed(1)}`).join('L');
  return (
    <svg
      className={classes.curves}
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      role="img"
      aria-label={`What the network says from ${figure(left)} to ${figure(right)}`}
    >
      {series.map(({ name, x, y, spread }, index) => {
        const hue = `var(${classHue(index)})`;
        const upper = y.map((value, i) => value + (spread?.[i] ?? 0));
        const lower = y.map((value, i) => value - (spread?.[i] ?? 0));
        return (
          <g key={name}>
            {spread && (
              <path d={`M${line(x, upper)}L${line([...x].reverse(), lower.reverse())}Z`} fill={hue} opacity="0.25" />
            )}
            <path d={`M${line(x, y)}`} fill="none" stroke={hue} strokeWidth="1.5" />
          </g>
        );
      })}
      {points?.x.map((x, index) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the list
          key={index}
          cx={placeX(x)}
          cy={placeY(points.y[index] ?? 0)}
          r="1.4"
          fill="var(--nl-data)"
        />
      ))}
      <text x={SIZE.side - 4} y={12} textAnchor="end">
        {figure(high)}
      </text>
      <text x={SIZE.side - 4} y={SIZE.height - SIZE.foot} textAnchor="end">
        {figure(low)}
      </text>
      <text x={SIZE.side} y={SIZE.height - 4}>
        {figure(left)}
      </text>
      <text x={SIZE.width - 8} y={SIZE.height - 4} textAnchor="end">
        {figure(right)}
      </text>
    </svg>
  );
}

const figure = (value: number): string => String(Number(value.toPrecision(2)));

/** Smallest and largest, never equal. */
function boundsOf(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  return low === high ? [low - 1, high + 1] : [low, high];
}
