'use client';

import { useEffect, useRef } from 'react';
import classes from './picture.module.css';
import { type PictureBytes, toImageData } from './picture-bytes';

/** One small picture, drawn pixel by pixel and enlarged without blur. */
export function Picture(props: { pictures: PictureBytes; index: number; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { pictures, index } = props;
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(toImageData(pictures, index), 0, 0);
  }, [pictures, index]);
  return (
    <canvas
      ref={canvas}
      className={classes.picture}
      width={Math.max(1, pictures.shape[2])}
      height={Math.max(1, pictures.shape[1])}
      data-smooth={pictures.shape[1] > 96 || undefined}
      role="img"
      aria-label={props.label}
    />
  );
}
