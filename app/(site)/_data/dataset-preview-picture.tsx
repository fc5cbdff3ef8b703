'use client';

import { Skeleton } from '@mantine/core';
import { readableError } from '@/app/_client/readable-error';
import { useDatasetPreview } from '@/app/_data/use-dataset-preview';
import { usePictures } from '@/app/_data/use-pictures';
import { Picture } from '@/app/_pictures/picture';
import { PointPlot } from '@/app/_pictures/point-plot';
import type { DatasetCard } from '@/lib/datasets/card';
import classes from './data.module.css';

/** The first rows of a data set as what they are: pictures, points or a table. */
export function DatasetPreviewPicture({ card }: { card: DatasetCard }) {
  const preview = useDatasetPreview(card.id);
  const pictures = usePictures(card);
  if (preview.isPending) return <Skeleton height={136} radius={0} />;
  if (preview.isError) return <div className={classes.missing}>{readableError(preview.error)}</div>;
  const { images, points, table } = preview.data;
  if (images && pictures)
    return (
      <div className={classes.wall}>
        {Array.from({ length: Math.min(30, images.shape[0]) }, (_, index) => (
          <Picture
            // biome-ignore lint/suspicious/noArrayIndexKey: a picture is its place in the preview
            key={index}
            pictures={pictures}
            index={index}
            label={images.labels[index] ?? `Example ${index + 1}`}
          />
        ))}
      </div>
    );
  if (points)
    return (
      <svg viewBox="0 0 320 136" className={classes.plot} role="img" aria-label={`Points of ${card.title}`}>
        <PointPlot points={points} width={320} height={136} />
      </svg>
    );
  if (!table) return null;
  return (
    <div className={classes.table}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} title={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, 5).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={table.columns[column]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
