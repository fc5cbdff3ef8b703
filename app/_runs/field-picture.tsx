'use client';

import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { classHue, parseColor } from '@/app/_pictures/class-colors';
import type { Sample } from './fold-run';
import classes from './sample-panel.module.css';

type Field = Extract<Sample, { sample: 'field' }>;

/** The plane in the colours of what the network says there, and the points that it should tell apart. */
export function FieldPicture({ field }: { field: Field }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('dark');
  const [columns, rows] = field.size;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) context.putImageData(paintField(field), 0, 0);
  }, [field, scheme]);
  const [left, right] = field.x;
  const [low, high] = field.y;
  const placeX = (value: number) => (100 * (value - left)) / (right - left);
  const placeY = (value: number) => 100 - (100 * (value - low)) / (high - low);
  return (
    <div className={classes.field}>
      <canvas ref={canvas} width={columns} height={rows} role="img" aria-label="What the network says at each point" />
      {field.points && (
        <svg viewBox="0 0 100 100" aria-hidden="true">
          {field.points.x.map((x, index) => (
            <circle
              // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the list
              key={index}
              cx={placeX(x)}
              cy={placeY(field.points?.y[index] ?? 0)}
              r="1.1"
              fill={`var(${classHue(field.points?.label[index] ?? 0)})`}
            />
          ))}
        </svg>
      )}
    </div>
  );
}

/** Rows of the field go upwards, rows of a picture downwards. Where the network is unsure, the ground shows. */
function paintField({ size, values, classes: count }: Field): ImageData {
  const [columns, rows] = size;
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => parseColor(style.getPropertyValue(name));
  const ground = color('--nl-sunken');
  const hues = Array.from({ length: Math.max(2, count) }, (_, index) => color(classHue(index)));
  const image = new ImageData(Math.max(1, columns), Math.max(1, rows));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const place = row * columns + column;
      const [best, share] = mostLikely(values, place, count);
      const unsure = 1 / Math.max(2, count);
      const strength = 0.08 + 0.5 * Math.max(0, (share - unsure) / (1 - unsure));
      const hue = hues[best] ?? ground;
      const at = ((rows - 1 - row) * columns + column) * 4;
      for (let channel = 0; channel < 3; channel++)
        image.data[at + channel] = (ground[channel] ?? 0) * (1 - strength) + (hue[channel] ?? 0) * strength;
      image.data[at + 3] = 255;
    }
  return image;
}

/** The class that the network would say, and how sure it is. A single value is the share of class 1. */
function mostLikely(values: readonly number[], place: number, count: number): [number, number] {
  if (count <= 1) {
    const share = values[place] ?? 0;
    return share >= 0.5 ? [1, share] : [0, 1 - share];
  }
  let best = 0;
  for (let index = 1; index < count; index++)
    if ((values[place * count + index] ?? 0) > (values[place * count + best] ?? 0)) best = index;
  return [best, values[place * count + best] ?? 0];
}
