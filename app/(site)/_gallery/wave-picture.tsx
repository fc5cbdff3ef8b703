'use client';

import { useMemo } from 'react';
import { useDatasetPreview } from '@/app/_data/use-dataset-preview';
import type { DatasetPreview } from '@/lib/protocol/service';
import { PictureSkeleton } from './picture-skeleton';

const WIDTH = 264;
const HEIGHT = 112;
const EDGE = 16;

interface Point {
  x: number;
  y: number;
}

/** A data set of one number from one number: its first examples, and a curve through them. */
export function WavePicture({ dataset }: { dataset: string }) {
  const preview = useDatasetPreview(dataset);
  const points = useMemo(() => pointsOf(preview.data?.table), [preview.data]);
  if (!points.length) return <PictureSkeleton failed={preview.isError || preview.isSuccess} />;
  return (
    <svg
      width="100%"
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMidYMid meet"
      aria-hidden="true"
    >
      <path d={curveThrough(points)} fill="none" stroke="var(--nl-tensor)" strokeWidth="2" strokeLinecap="round" />
      {points.map(({ x, y }) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="2.5" fill="var(--nl-data)" />
      ))}
    </svg>
  );
}

/** The rows of a table of two numbers in pixels, from left to right. */
function pointsOf(table: DatasetPreview['table']): Point[] {
  const rows = (table?.rows ?? []).map(([x, y]) => ({ x: Number(x), y: Number(y) }));
  const scale = (values: number[], low: number, high: number) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return (value: number) => low + ((value - least) / (most - least || 1)) * (high - low);
  };
  const across = scale(
    rows.map(({ x }) => x),
    EDGE,
    WIDTH - EDGE,
  );
  const up = scale(
    rows.map(({ y }) => y),
    HEIGHT - EDGE,
    EDGE,
  );
  return rows.map(({ x, y }) => ({ x: across(x), y: up(y) })).sort((a, b) => a.x - b.x);
}

/** A smooth path through points that go from left to right: cubic pieces with the neighbours' slopes (Catmull and Rom, 1974). */
function curveThrough(points: readonly Point[]): string {
  const slope = (index: number): number => {
    const [before, after] = [points[index - 1] ?? points[index], points[index + 1] ?? points[index]];
    return before && after && after.x > before.x ? (after.y - before.y) / (after.x - before.x) : 0;
  };
  return points
    .map((point, index) => {
      const last = points[index - 1];
      if (!last) return `M${point.x} ${point.y}`;
      const third = (point.x - last.x) / 3;
      const [out, into] = [last.y + third * slope(index - 1), point.y - third * slope(index)];
      return `C${last.x + third} ${out} ${point.x - third} ${into} ${point.x} ${point.y}`;
    })
    .join('');
}
