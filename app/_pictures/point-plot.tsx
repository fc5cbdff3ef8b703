import { classHue } from './class-colors';

export interface Points {
  x: readonly number[];
  y: readonly number[];
  label: readonly number[];
}

/** Labelled points of the plane in a box of `width` × `height`; y points upwards. */
export function PointPlot(props: { points: Points; width: number; height: number; radius?: number }) {
  const { points, width, height, radius = 2.2 } = props;
  const [left, right] = extent(points.x);
  const [low, high] = extent(points.y);
  const scale = Math.min((width - 12) / (right - left), (height - 12) / (high - low));
  const placeX = (value: number) => width / 2 + (value - (left + right) / 2) * scale;
  const placeY = (value: number) => height / 2 - (value - (low + high) / 2) * scale;
  return (
    <g>
      {points.x.map((x, index) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the list
          key={index}
          cx={placeX(x)}
          cy={placeY(points.y[index] ?? 0)}
          r={radius}
          fill={`var(${classHue(points.label[index] ?? 0)})`}
        />
      ))}
    </g>
  );
}

function extent(values: readonly number[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!Number.isFinite(low) || low === high) return [(low || 0) - 1, (low || 0) + 1];
  return [low, high];
}
