'use client';

import { Picture } from '@/app/_pictures/picture';
import type { Sample } from './fold-run';
import classes from './sample-panel.module.css';
import { usePicturesOf } from './use-pictures-of';

/** Pictures beside what the network says of them; below a caption that is not the true one stands the true one. */
export function CaptionWall({ sample }: { sample: Extract<Sample, { sample: 'captions' }> }) {
  const pictures = usePicturesOf(sample);
  if (!pictures) return null;
  return (
    <ul className={classes.captions}>
      {sample.texts.map((text, index) => {
        const truth = sample.truth?.[index];
        const wrong = truth !== undefined && truth !== text;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a picture is its place in the wall
          <li key={index} className={classes.captioned}>
            <span className={classes.frame}>
              <Picture pictures={pictures} index={index} label={`Picture ${index + 1}`} />
            </span>
            <span className={classes.said}>
              <span {...(truth === undefined ? {} : { 'data-right': !wrong })}>{text || 'nothing'}</span>
              {wrong && <span className={classes.truth}>is {truth}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
