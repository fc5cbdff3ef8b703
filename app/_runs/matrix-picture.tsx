'use client';

import { useState } from 'react';
import type { Sample } from './fold-run';
import runs from './runs.module.css';
import classes from './sample-panel.module.css';

type Matrix = Extract<Sample, { sample: 'matrix' }>;

const WIDTH = 336;
/** A number fits into a cell of this size. */
const WRITTEN = 30;

/** Numbers in rows and columns, coloured by sign and size; small matrices have them written in. */
export function MatrixPicture({ matrix }: { matrix: Matrix }) {
  const [chosen, choose] = useState<number | null>(null);
  const { size, values } = matrix;
  const [rows, columns] = size;
  const cell = Math.min(44, WIDTH / Math.max(1, columns));
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const written = cell >= WRITTEN;
  return (
    <>
      <svg
        className={classes.plot}
        viewBox={`0 0 ${cell * columns} ${cell * rows}`}
        style={{ maxWidth: cell * columns }}
        role="img"
        aria-label={`${rows} by ${columns} numbers up to ${largest}`}
        onMouseLeave={() => choose(null)}
      >
        {values.map((value, index) => {
          const [x, y] = [(index % columns) * cell, Math.floor(index / columns) * cell];
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: pointing only repeats a number that the log has
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
            <g key={index} onMouseEnter={() => choose(index)}>
              <rect
                x={x}
                y={y}
                width={cell}
                height={cell}
                fill={value < 0 ? 'var(--nl-loss)' : 'var(--nl-tensor)'}
                fillOpacity={0.06 + (0.8 * Math.abs(value)) / largest}
              />
              {written && (
                <text x={x + cell / 2} y={y + cell / 2 + 4} textAnchor="middle">
                  {Number(value.toPrecision(3))}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <p className={runs.quiet} style={{ marginTop: 4 }}>
        {chosen === null
          ? `${rows} × ${columns}`
          : `Row ${Math.floor(chosen / columns) + 1}, column ${(chosen % columns) + 1}: ${values[chosen]}`}
      </p>
    </>
  );
}
