'use client';

import { Picture } from '@/app/_pictures/picture';
import type { Sample } from './fold-run';
import classes from './sample-panel.module.css';
import { usePicturesOf } from './use-pictures-of';

/** Pictures with what the network says of them; a mistake has a frame and says what it is. */
export function SampleWall({ sample }: { sample: Extract<Sample, { sample: 'images' }> }) {
  const pictures = usePicturesOf(sample);
  if (!pictures) return null;
  return (
    <ul className={classes.wall}>
      {Array.from({ length: sample.shape[0] }, (_, index) => {
        const caption = sample.captions?.[index];
        const right = sample.right?.[index];
        const label = caption ?? `Sample ${index + 1}`;
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a picture is its place in the wall
            key={index}
            className={classes.item}
            {...(right === undefined ? {} : { 'data-right': right })}
            title={caption}
          >
            <span className={classes.frame}>
              <Picture pictures={pictures} index={index} label={right === false ? `${label}, wrong` : label} />
            </span>
            {caption !== undefined && <span className={classes.caption}>{caption.split(', is ')[0]}</span>}
          </li>
        );
      })}
    </ul>
  );
}
