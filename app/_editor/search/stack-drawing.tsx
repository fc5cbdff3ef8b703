import type { Spec } from '@/lib/tensor/spec';
import { formatSpec } from '../model/format';

const CELLS = 7;
const tone = (row: number, column: number) => 0.15 + (((row * 37 + column * 61 + row * column * 13) % 97) / 97) * 0.7;

/** A stack of feature maps and what a kind makes of it: another stack, or a column of numbers. */
export function StackDrawing({ from, result, color }: { from: Spec; result: string; color: string }) {
  const sizes = result.split('×');
  return (
    <svg width="232" height="112" style={{ margin: '12px 0 4px', display: 'block' }} aria-hidden="true">
      <Stack x={0} color={color} />
      <text x="36" y="109" textAnchor="middle" fontSize="11" fill="var(--nl-text-3)" fontFamily="var(--nl-mono)">
        {formatSpec(from)}
      </text>
      <path d="M108 60h24M126 54l7 6-7 6" fill="none" stroke="var(--nl-text-3)" strokeWidth="1.5" />
      {sizes.length >= 3 ? (
        <g transform="translate(144 16) scale(.8)">
          <Stack x={0} color={color} />
        </g>
      ) : (
        <g>
          {Array.from({ length: 8 }, (_, index) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
              key={index}
              x="152"
              y={8 + index * 12}
              width="11"
              height="11"
              rx="1.5"
              fill={color}
              opacity={tone(index, 3)}
            />
          ))}
        </g>
      )}
      <text
        x={sizes.length >= 3 ? 172 : 172}
        y={sizes.length >= 3 ? 109 : 60}
        fontSize="11"
        fill="var(--nl-text-3)"
        fontFamily={sizes.length >= 3 ? 'var(--nl-mono)' : 'var(--nl-font)'}
        textAnchor={sizes.length >= 3 ? 'middle' : 'start'}
      >
        {sizes.length >= 3 ? result : `${result} numbers`}
      </text>
    </svg>
  );
}

function Stack({ x, color }: { x: number; color: string }) {
  return (
    <g transform={`translate(${x} 0)`}>
      {[24, 18, 12, 6].map((shift) => (
        <rect
          key={shift}
          x={shift}
          y={24 - shift}
          width="72"
          height="72"
          rx="3"
          fill="var(--nl-node)"
          stroke="var(--nl-line-2)"
        />
      ))}
      <g transform="translate(0 24)">
        <rect width="72" height="72" rx="3" fill="var(--nl-node)" stroke="var(--nl-line-2)" />
        {Array.from({ length: CELLS * CELLS }, (_, index) => {
          const [row, column] = [Math.floor(index / CELLS), index % CELLS];
          return (
            <rect
              key={`${row} ${column}`}
              x={1.5 + column * 10}
              y={1.5 + row * 10}
              width="9"
              height="9"
              rx="1"
              fill={color}
              opacity={tone(row, column)}
            />
          );
        })}
      </g>
    </g>
  );
}
