'use client';

import { useState } from 'react';
import { Picture } from '@/app/_pictures/picture';
import type { MetricTable, Sample, Seen } from './fold-run';
import classes from './mix-ups.module.css';
import runs from './runs.module.css';
import { usePicturesOf } from './use-pictures-of';

type Confusion = Extract<MetricTable, { table: 'confusion' }>;

/** Beyond this many classes a cell would be smaller than a finger or a letter. */
const MOST_CLASSES = 40;

/** Which classes are taken for which: rows are the truth, columns what was said. */
export function MixUps(props: {
  seen: Seen<MetricTable>;
  title: string;
  /** Pictures with captions, some of which may show a mix-up. */
  wall: Sample | undefined;
}) {
  const table = props.seen.value;
  const [chosen, setChosen] = useState<{ row: number; column: number } | null>(null);
  if (table.table !== 'confusion') return null;
  const worst = worstCell(table);
  const cell = chosen && inside(table, chosen) ? chosen : worst;
  const all = sum(table.counts.flat());
  const right = sum(table.counts.map((row, index) => row[index] ?? 0));
  return (
    <section className={runs.block} aria-label={props.title}>
      <div className={runs.blockHead}>
        <h3 style={{ flex: 'none' }}>{props.title}</h3>
        <span className={runs.quiet}>
          after epoch {props.seen.epoch + 1}, {right.toLocaleString('en-US')} of {all.toLocaleString('en-US')} right
        </span>
      </div>
      <div className={classes.body}>
        {table.classes.length <= MOST_CLASSES && <Matrix table={table} chosen={cell} onChoose={setChosen} />}
        <div className={classes.side} aria-live="polite">
          {cell ? <Told table={table} cell={cell} wall={props.wall} /> : 'Nothing was mixed up.'}
        </div>
      </div>
    </section>
  );
}

const SPACE = { label: 20, gap: 2, width: 250 };

function Matrix(props: {
  table: Confusion;
  chosen: { row: number; column: number } | null;
  onChoose(cell: { row: number; column: number } | null): void;
}) {
  const { table, chosen } = props;
  const count = table.classes.length;
  const pitch = Math.max(6, Math.min(40, Math.floor((SPACE.width - SPACE.label) / count)));
  const size = pitch - (pitch > 10 ? SPACE.gap : 1);
  const mistakes = table.counts.flatMap((row, truth) => row.filter((_, said) => said !== truth));
  const most = Math.max(1, ...mistakes);
  const written = size >= 15;
  const short = table.classes.every((name) => name.length <= 2);
  const side = count * pitch;
  return (
    <svg
      className={classes.matrix}
      width={SPACE.label + side}
      height={side + (short ? 20 : 4)}
      role="img"
      aria-label={`${count} by ${count} classes: rows are the truth, columns what was said`}
      onMouseLeave={() => props.onChoose(null)}
    >
      {table.counts.map((row, truth) =>
        row.map((value, said) => (
          <Cell
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
            key={`${truth} ${said}`}
            x={SPACE.label + said * pitch}
            y={truth * pitch}
            size={size}
            value={value}
            most={most}
            right={truth === said}
            written={written}
            chosen={chosen?.row === truth && chosen.column === said}
            onEnter={() => props.onChoose({ row: truth, column: said })}
          />
        )),
      )}
      {short &&
        table.classes.map((name, index) => (
          <g key={name} className={classes.tick}>
            <text x={SPACE.label - 8} y={index * pitch + size / 2 + 4} textAnchor="end">
              {name}
            </text>
            <text x={SPACE.label + index * pitch + size / 2} y={side + 13} textAnchor="middle">
              {name}
            </text>
          </g>
        ))}
    </svg>
  );
}

function Cell(props: {
  x: number;
  y: number;
  size: number;
  value: number;
  most: number;
  right: boolean;
  written: boolean;
  chosen: boolean;
  onEnter(): void;
}) {
  const { x, y, size, value, most, right } = props;
  const strength = value === 0 ? 0.7 : right ? 0.34 : 0.2 + 0.75 * (value / most);
  const fill = right ? 'var(--nl-tensor)' : value > 0 ? 'var(--nl-loss)' : 'var(--nl-raised)';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the sentence beside the grid says the same for everybody
    <g onMouseEnter={props.onEnter} onClick={props.onEnter}>
      <rect x={x} y={y} width={size} height={size} rx={size > 12 ? 2 : 1} fill={fill} opacity={strength} />
      {props.written && !right && value > 0 && (
        <text
          x={x + size / 2}
          y={y + size / 2 + 4}
          textAnchor="middle"
          fontSize="11"
          fill={strength > 0.6 ? 'var(--nl-on-type)' : 'var(--nl-text)'}
        >
          {value > 999 ? '…' : value}
        </text>
      )}
      {props.chosen && (
        <rect
          x={x - 0.5}
          y={y - 0.5}
          width={size + 1}
          height={size + 1}
          rx="3"
          fill="none"
          stroke="var(--nl-text)"
          strokeWidth="1.5"
        />
      )}
    </g>
  );
}

function Told(props: { table: Confusion; cell: { row: number; column: number }; wall: Sample | undefined }) {
  const { table, cell } = props;
  const value = table.counts[cell.row]?.[cell.column] ?? 0;
  const [truth, said] = [table.classes[cell.row] ?? '', table.classes[cell.column] ?? ''];
  const pictures = usePicturesOf(props.wall);
  const captions = props.wall?.sample === 'images' ? (props.wall.captions ?? []) : [];
  const wanted = cell.row === cell.column ? truth : `${said}, is ${truth}`;
  const shown = captions.flatMap((caption, index) => (caption === wanted ? [index] : [])).slice(0, 9);
  return (
    <>
      <p>
        <b>{value.toLocaleString('en-US')}</b> of class <b>{truth}</b> {value === 1 ? 'was' : 'were'} read as{' '}
        <b>{said}</b>
        {cell.row === cell.column && ', rightly'}
      </p>
      {pictures && shown.length > 0 && (
        <div className={classes.examples}>
          {shown.map((index) => (
            <Picture key={index} pictures={pictures} index={index} label={captions[index] ?? ''} />
          ))}
        </div>
      )}
    </>
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const inside = ({ classes: names }: Confusion, { row, column }: { row: number; column: number }): boolean =>
  row < names.length && column < names.length;

function worstCell({ counts }: Confusion): { row: number; column: number } | null {
  let found: { row: number; column: number } | null = null;
  let most = 0;
  counts.forEach((values, row) => {
    values.forEach((value, column) => {
      if (row === column || value <= most) return;
      most = value;
      found = { row, column };
    });
  });
  return found;
}
