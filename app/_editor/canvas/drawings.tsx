import type { Json } from '@/lib/base/json';
import { activations, STANDARD } from '@/lib/nodes/common/activations';
import { scheduleCurve } from '@/lib/nodes/common/schedule-curve';
import type { Makes, PlainParams } from '@/lib/nodes/kind';

/** Drawings of what a node does, from the closed set of `Body`; all read only params. */

export const makesColor = (makes: Makes): string => `var(--nl-${makes})`;

/** A field of cells with the window in colour and, dashed, where it goes next. */
export function KernelDrawing({
  params,
  color,
  stretch = false,
}: {
  params: PlainParams;
  color: string;
  stretch?: boolean;
}) {
  const [rows, columns] = pair(params.kernel ?? params.size ?? params.pool, 3);
  const [, step] = pair(params.stride ?? params.strides, stretch ? columns : 1);
  const count = Math.max(rows, columns) <= 2 ? 6 : Math.min(12, Math.max(7, Math.max(rows, columns) + step + 1));
  const pitch = count === 6 ? 9 : 56 / count;
  const size = pitch - 1;
  const cells = [];
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      const inside = row < rows && column < columns;
      cells.push(
        <rect
          key={`${row} ${column}`}
          x={column * pitch + 0.5}
          y={row * pitch + 0.5}
          width={size}
          height={size}
          rx="1"
          fill={inside ? color : 'var(--nl-line-2)'}
          opacity={inside ? 0.85 : 0.55}
        />,
      );
    }
  }
  const left = Math.min(step, count - columns) * pitch;
  return (
    <svg width="58" height="58" viewBox="-1 -1 58 58" aria-hidden="true">
      {cells}
      <rect
        x={left - 0.25}
        y={-0.25}
        width={columns * pitch + 0.5}
        height={rows * pitch + 0.5}
        rx="2"
        fill="none"
        stroke="var(--nl-text)"
        strokeWidth="1.25"
        strokeDasharray="2.5 2"
      />
    </svg>
  );
}

const WIDTH = 128;
const HEIGHT = 48;

/** A function of one number: an activation from -3 to 3, or a schedule over its run. */
export function CurveDrawing({ fn, params, color }: { fn: string; params: PlainParams; color: string }) {
  const activation = activations[fn];
  const constants = { ...STANDARD };
  for (const key of Object.keys(STANDARD) as (keyof typeof STANDARD)[])
    if (typeof params[key] === 'number') constants[key] = params[key];
  const at = activation
    ? (t: number) => activation.curve((t - 0.5) * 6, constants)
    : (t: number) => scheduleCurve(fn, t, params);
  const values = Array.from({ length: 49 }, (_, index) => at(index / 48));
  const [low, high] = [Math.min(0, ...values), Math.max(0.001, ...values)];
  const y = (value: number) => 5 + ((high - value) / (high - low || 1)) * (HEIGHT - 10);
  const d = values
    .map((value, index) => `${index ? 'L' : 'M'}${((index / 48) * (WIDTH - 2) + 1).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
  return (
    <svg width="100%" height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {activation && <path d={`M0 ${y(0)}H${WIDTH}M${WIDTH / 2} 2V${HEIGHT - 2}`} stroke="var(--nl-line-2)" />}
      <path d={d} fill="none" stroke={color} strokeWidth="1.75" vectorEffect="non-scaling-stroke" />
      {!activation && (
        // A dot that stays round however the drawing is stretched.
        <path
          d={`M3 ${y(values[0] ?? 0)}h.01`}
          stroke={color}
          strokeWidth="7"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}

const BARS = [0.16, 0.3, 0.2, 0.44, 0.28, 1, 0.36, 0.24, 0.4, 0.18];

/** Scores by class, one of which stands out. */
export function BarsDrawing({ color }: { color: string }) {
  return (
    <svg width="100%" height="44" viewBox="0 0 120 44" preserveAspectRatio="none" aria-hidden="true">
      {BARS.map((value, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: bars never move
          key={index}
          x={index * 12 + 1}
          y={42 - value * 38}
          width="9"
          height={value * 38}
          rx="1"
          fill={value === 1 ? color : 'var(--nl-line-2)'}
        />
      ))}
      <path d="M0 43H120" stroke="var(--nl-line-2)" />
    </svg>
  );
}

const BELL = [0.04, 0.1, 0.22, 0.42, 0.68, 0.92, 1, 0.88, 0.62, 0.38, 0.2, 0.09, 0.04];

/** A bell of values: noise and other random sources. */
export function HistogramDrawing({ color }: { color: string }) {
  return (
    <svg width="100%" height="44" viewBox="0 0 130 44" preserveAspectRatio="none" aria-hidden="true">
      {BELL.map((value, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: bars never move
          key={index}
          x={index * 10}
          y={43 - value * 40}
          width="9"
          height={value * 40}
          rx="1"
          fill={color}
          opacity="0.7"
        />
      ))}
    </svg>
  );
}

function pair(value: Json | undefined, fallback: number): [number, number] {
  if (typeof value === 'number') return [value, value];
  if (!Array.isArray(value)) return [fallback, fallback];
  const [first = fallback, second = first] = value.map((item) => (typeof item === 'number' ? item : fallback));
  return [first, second];
}
