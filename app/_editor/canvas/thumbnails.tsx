'use client';
import { useEffect, useRef } from 'react';
import type { DatasetPreview } from '@/lib/protocol/service';
import classes from './node-card.module.css';
import { useDatasetLook } from './use-dataset-look';

const COLUMNS = 4;
const ROWS = 3;

/** The first pictures, rows or points of a data set. */
export function Thumbnails({ dataset }: { dataset: string }) {
  const { data } = useDatasetLook(dataset);
  if (data?.images) return <Pictures images={data.images} />;
  if (data?.points) return <Points points={data.points} />;
  if (data?.table) return <Rows table={data.table} />;
  return <div className={classes.thumbnails} aria-hidden="true" />;
}

function Pictures({ images }: { images: NonNullable<DatasetPreview['images']> }) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (ref.current) drawPictures(ref.current, images);
  }, [images]);
  return <canvas ref={ref} className={classes.pictures} />;
}

/** A table of the first pictures. */
export function drawPictures(canvas: HTMLCanvasElement, images: NonNullable<DatasetPreview['images']>): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const [count, height, width, channels] = images.shape;
  const bytes = Uint8Array.from(atob(images.pixels), (letter) => letter.charCodeAt(0));
  const cell = 64;
  canvas.width = COLUMNS * cell + (COLUMNS - 1) * 6;
  canvas.height = ROWS * cell + (ROWS - 1) * 6;
  const tile = document.createElement('canvas');
  tile.width = width;
  tile.height = height;
  const inner = tile.getContext('2d');
  context.imageSmoothingEnabled = width > 32;
  for (let index = 0; index < Math.min(count, COLUMNS * ROWS); index++) {
    const image = new ImageData(width, height);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const at = (index * width * height + pixel) * channels;
      for (let channel = 0; channel < 3; channel++) {
        image.data[pixel * 4 + channel] = bytes[at + (channels >= 3 ? channel : 0)] ?? 0;
      }
      image.data[pixel * 4 + 3] = 255;
    }
    inner?.putImageData(image, 0, 0);
    context.drawImage(tile, (index % COLUMNS) * (cell + 6), Math.floor(index / COLUMNS) * (cell + 6), cell, cell);
  }
}

const HUES = [
  'var(--nl-tensor)',
  'var(--nl-loss)',
  'var(--nl-number)',
  'var(--nl-step)',
  'var(--nl-metric)',
  'var(--nl-data)',
];

export function Points({ points }: { points: NonNullable<DatasetPreview['points']> }) {
  const { x, y, label } = points;
  const [left, right, top, bottom] = [Math.min(...x), Math.max(...x), Math.max(...y), Math.min(...y)];
  return (
    <svg className={classes.points} viewBox="0 0 136 102" aria-hidden="true">
      {x.slice(0, 240).map((value, index) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: points never move
          key={index}
          cx={6 + ((value - left) / (right - left || 1)) * 124}
          cy={6 + ((top - (y[index] ?? 0)) / (top - bottom || 1)) * 90}
          r="1.8"
          fill={HUES[(label[index] ?? 0) % HUES.length]}
        />
      ))}
    </svg>
  );
}

function Rows({ table }: { table: NonNullable<DatasetPreview['table']> }) {
  const columns = Math.min(3, table.columns.length);
  return (
    <div className={classes.table} aria-hidden="true" style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
      {table.columns.slice(0, columns).map((column, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
        <b key={`column ${index}`}>{column}</b>
      ))}
      {table.rows.slice(0, 4).flatMap((row, index) =>
        row.slice(0, columns).map((value, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
          <span key={`cell ${index} ${column}`}>
            {typeof value === 'number' ? Number(value.toPrecision(3)) : value}
          </span>
        )),
      )}
    </div>
  );
}
