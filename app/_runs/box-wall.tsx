'use client';

import { classHue } from '@/app/_pictures/class-colors';
import { Picture } from '@/app/_pictures/picture';
import { ClassLegend } from './class-legend';
import type { Sample } from './fold-run';
import classes from './sample-panel.module.css';
import { usePicturesOf } from './use-pictures-of';

type Boxes = Extract<Sample, { sample: 'boxes' }>;
type Placed = Boxes['found'][number][number];

/** Pictures with the boxes that were found in them; true ones are dashed. */
export function BoxWall({ sample }: { sample: Boxes }) {
  const pictures = usePicturesOf(sample);
  if (!pictures) return null;
  const name = (box: Placed) => sample.classes[box.class] ?? String(box.class);
  return (
    <>
      <ul className={classes.tiles}>
        {Array.from({ length: sample.shape[0] }, (_, index) => {
          const found = sample.found[index] ?? [];
          const truth = sample.truth?.[index] ?? [];
          const told = found.map((box) => `${name(box)} ${Math.round(100 * (box.score ?? 1))} %`).join(', ');
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a picture is its place in the wall
            <li key={index} className={classes.tile} title={told || 'Nothing found'}>
              <Picture pictures={pictures} index={index} label={`Picture ${index + 1}: ${told || 'nothing found'}`} />
              <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                {truth.map((box) => (
                  <Frame key={box.box.join()} box={box} dashed />
                ))}
                {found.map((box) => (
                  <Frame key={`${box.class} ${box.box.join()}`} box={box} />
                ))}
              </svg>
            </li>
          );
        })}
      </ul>
      <ClassLegend names={sample.classes} />
    </>
  );
}

function Frame({ box: { box, class: index }, dashed = false }: { box: Placed; dashed?: boolean }) {
  const [y1, x1, y2, x2] = box.map((part) => 100 * Math.min(1, Math.max(0, part))) as [number, number, number, number];
  return (
    <rect
      x={x1}
      y={y1}
      width={Math.max(0, x2 - x1)}
      height={Math.max(0, y2 - y1)}
      fill="none"
      stroke={dashed ? 'var(--nl-text)' : `var(${classHue(index)})`}
      strokeWidth={dashed ? 1 : 2}
      strokeDasharray={dashed ? '3 3' : undefined}
      vectorEffect="non-scaling-stroke"
    />
  );
}
