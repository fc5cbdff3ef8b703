'use client';

import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { classHue, parseColor } from '@/app/_pictures/class-colors';
import { decodeBase64 } from '@/app/_pictures/decode-base64';
import { Picture } from '@/app/_pictures/picture';
import { ClassLegend } from './class-legend';
import type { Sample } from './fold-run';
import classes from './sample-panel.module.css';
import { usePicturesOf } from './use-pictures-of';

type Masks = Extract<Sample, { sample: 'masks' }>;

/** How strongly a class colours its pixels. */
const STRENGTH = 140;

/** Pictures with the class of each pixel laid over; class 0 stays clear. */
export function MaskWall({ sample }: { sample: Masks }) {
  const pictures = usePicturesOf(sample);
  const masks = useMemo(() => decodeBase64(sample.masks), [sample.masks]);
  const truth = useMemo(() => (sample.truth === undefined ? null : decodeBase64(sample.truth)), [sample.truth]);
  if (!pictures) return null;
  const [count, height, width] = sample.shape;
  const size = height * width;
  return (
    <>
      <ul className={classes.tiles}>
        {Array.from({ length: count }, (_, index) => {
          const mask = masks.subarray(index * size, (index + 1) * size);
          const right = truth && shareRight(mask, truth.subarray(index * size, (index + 1) * size));
          const told = right === null ? '' : `${(100 * right).toFixed(0)} % of pixels right`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a picture is its place in the wall
            <li key={index} className={classes.tile} title={told}>
              <Picture pictures={pictures} index={index} label={`Picture ${index + 1}${told && `: ${told}`}`} />
              <MaskPicture mask={mask} width={width} height={height} />
            </li>
          );
        })}
      </ul>
      <ClassLegend names={sample.classes.slice(1)} />
    </>
  );
}

function MaskPicture({ mask, width, height }: { mask: Uint8Array; width: number; height: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('dark');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) context.putImageData(paintMask(mask, width, height), 0, 0);
  }, [mask, width, height, scheme]);
  return <canvas ref={canvas} width={Math.max(1, width)} height={Math.max(1, height)} aria-hidden />;
}

function paintMask(mask: Uint8Array, width: number, height: number): ImageData {
  const style = getComputedStyle(document.documentElement);
  const image = new ImageData(Math.max(1, width), Math.max(1, height));
  const hues = new Map<number, [number, number, number]>();
  mask.forEach((index, pixel) => {
    if (index === 0) return;
    const hue = hues.get(index) ?? parseColor(style.getPropertyValue(classHue(index - 1)));
    hues.set(index, hue);
    image.data.set([...hue, STRENGTH], pixel * 4);
  });
  return image;
}

const shareRight = (mask: Uint8Array, truth: Uint8Array): number =>
  mask.reduce((right, index, pixel) => right + Number(index === truth[pixel]), 0) / Math.max(1, mask.length);
