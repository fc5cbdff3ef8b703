'use client';

import { BoxWall } from './box-wall';
import { CaptionWall } from './caption-wall';
import { CurvesPicture } from './curves-picture';
import { FieldPicture } from './field-picture';
import type { Sample, Seen } from './fold-run';
import { HistogramPicture } from './histogram-picture';
import { MaskWall } from './mask-wall';
import { MatrixPicture } from './matrix-picture';
import { metricTitle } from './metric-key';
import { type ChildrenOrigin, PopulationPicture } from './population-picture';
import runs from './runs.module.css';
import classes from './sample-panel.module.css';
import { SampleWall } from './sample-wall';
import { ScatterPicture } from './scatter-picture';

/** What a sink showed at the step: pictures, what was found in them, a map, curves, numbers or text. */
export function SamplePanel({
  name,
  seen,
  origin,
}: {
  name: string;
  seen: Seen<Sample>;
  /** Absent for runs of the page alone. */
  origin: ChildrenOrigin | null;
}) {
  const { value } = seen;
  const right = value.sample === 'images' ? (value.right ?? []) : [];
  return (
    <section className={runs.block} aria-label={metricTitle(name)}>
      <div className={runs.blockHead}>
        <h3 style={{ flex: 'none' }}>{metricTitle(name)}</h3>
        <span className={runs.quiet}>
          step {seen.iteration.toLocaleString('en-US')}
          {right.length > 0 && `, ${right.filter(Boolean).length} of ${right.length} right`}
        </span>
      </div>
      <Shown value={value} origin={origin} />
    </section>
  );
}

function Shown({ value, origin }: { value: Sample; origin: ChildrenOrigin | null }) {
  switch (value.sample) {
    case 'images':
      return <SampleWall sample={value} />;
    case 'field':
      return <FieldPicture field={value} />;
    case 'curves':
      return <CurvesPicture curves={value} />;
    case 'boxes':
      return <BoxWall sample={value} />;
    case 'captions':
      return <CaptionWall sample={value} />;
    case 'masks':
      return <MaskWall sample={value} />;
    case 'histogram':
      return <HistogramPicture histogram={value} />;
    case 'scatter':
      return <ScatterPicture scatter={value} />;
    case 'population':
      return <PopulationPicture population={value} origin={origin} />;
    case 'matrix':
      return <MatrixPicture matrix={value} />;
    case 'numbers':
      return (
        <div className={classes.scroll}>
          <table className={runs.results}>
            <thead>
              <tr>
                {value.columns.map((column) => (
                  <th key={column}>{column}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {value.rows.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
                <tr key={index}>
                  {row.map((cell, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                    <td key={column}>{Number(cell.toPrecision(4))}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case 'text':
      return <pre className={classes.text}>{value.lines.join('\n')}</pre>;
  }
}
