'use client';

import { useMemo } from 'react';
import { useDatasetPreview } from '@/app/_data/use-dataset-preview';
import type { DatasetPreview } from '@/lib/protocol/service';
import { nearestField } from './nearest-field';
import { PictureSkeleton } from './picture-skeleton';

const WIDTH = 264;
const HEIGHT = 112;
const CELL = 8;

/**
 * The points of a data set over the two sides of a boundary: a straight one (the best line) or one that bends (what the
 * nearest points say), in cells as a decision map shows them.
 */
export function PointsPicture({ dataset, boundary }: { dataset: string; boundary: 'line' | 'curve' }) {
  const preview = useDatasetPreview(dataset);
  const points = useMemo(() => pointsOf(preview.data), [preview.data]);
  const field = useMemo(
    () => (points ? nearestField(points, { width: WIDTH, height: HEIGHT, cell: CELL, boundary }) : null),
    [points, boundary],
  );
  if (!points || !field) return <PictureSkeleton failed={preview.isError || preview.isSuccess} />;
  return (
    <svg
      width="100%"
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
      shapeRendering="crispEdges"
      aria-hidden
    >
      {field.cells.map((cell) => (
        <rect
          key={`${cell.x} ${cell.y}`}
          x={cell.x}
          y={cell.y}
          width={CELL}
          height={CELL}
          fill={cell.share < 0.5 ? 'var(--nl-tensor)' : 'var(--nl-loss)'}
          fillOpacity={0.08 + 0.68 * Math.abs(cell.share - 0.5)}
        />
      ))}
      {spots(field.points).map(([spot, point]) => (
        <circle
          key={spot}
          cx={point.x}
          cy={point.y}
          r="2.2"
          shapeRendering="auto"
          fill={point.label === 0 ? 'var(--nl-tensor)' : 'var(--nl-loss)'}
        />
      ))}
    </svg>
  );
}

/** Points of the plane, or the first two columns of a table with its last as the class. */
function pointsOf(preview: DatasetPreview | undefined) {
  if (preview?.points) return preview.points;
  const rows = preview?.table?.rows.filter((row) => row.length >= 3) ?? [];
  if (rows.length === 0) return null;
  const names = [...new Set(rows.map((row) => row.at(-1)))];
  return {
    x: rows.map((row) => Number(row[0])),
    y: rows.map((row) => Number(row[1])),
    label: rows.map((row) => names.indexOf(row.at(-1))),
  };
}

/** Points are rounded to what can be seen: of those on one spot the last is drawn. */
const spots = <P extends { x: number; y: number }>(points: readonly P[]): [string, P][] => [
  ...new Map(points.map((point) => [`${point.x} ${point.y}`, point])),
];
