'use client';

import { useEffect, useMemo, useRef } from 'react';
import { useDatasetPreview } from '@/app/_data/use-dataset-preview';
import { decodeBase64 } from '@/app/_pictures/decode-base64';
import { toImageData } from '@/app/_pictures/picture-bytes';
import { PictureSkeleton } from './picture-skeleton';
import classes from './pictures-picture.module.css';

const COLUMNS = 7;
const ROWS = 3;
const GAP = 3;

/** A grid of real pictures of a data set, in one canvas. */
export function PicturesPicture({ dataset, from = 0 }: { dataset: string; from?: number }) {
  const preview = useDatasetPreview(dataset);
  const canvas = useRef<HTMLCanvasElement>(null);
  const images = preview.data?.images;
  const pictures = useMemo(() => images && { bytes: decodeBase64(images.pixels), shape: images.shape }, [images]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !pictures) return;
    const [count, height, width] = pictures.shape;
    const first = from + COLUMNS * ROWS <= count ? from : 0;
    for (let index = 0; index < Math.min(count, COLUMNS * ROWS); index++) {
      const x = (index % COLUMNS) * (width + GAP);
      context.putImageData(toImageData(pictures, first + index), x, Math.floor(index / COLUMNS) * (height + GAP));
    }
  }, [pictures, from]);
  if (!pictures) return <PictureSkeleton failed={preview.isError || preview.isSuccess} />;
  const [, height, width] = pictures.shape;
  return (
    <span className={classes.frame}>
      <canvas
        ref={canvas}
        className={classes.grid}
        width={COLUMNS * (width + GAP) - GAP}
        height={ROWS * (height + GAP) - GAP}
        aria-hidden
      />
    </span>
  );
}
