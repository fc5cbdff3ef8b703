'use client';

import { Picture } from '@/app/_pictures/picture';
import type { MetricTable, Seen } from './fold-run';
import runs from './runs.module.css';
import classes from './sample-panel.module.css';
import { usePicturesOf } from './use-pictures-of';

type Pictures = Extract<MetricTable, { table: 'pictures' }>;

/** Rows of small pictures with a name each: what the filters of a layer answer to most. */
export function PatchRows({ title, seen }: { title: string; seen: Seen<Pictures> }) {
  const { rows } = seen.value;
  const pictures = usePicturesOf(seen.value);
  if (!pictures) return null;
  let first = 0;
  return (
    <section className={runs.block} aria-label={title}>
      <div className={runs.blockHead}>
        <h3 style={{ flex: 'none' }}>{title}</h3>
        <span className={runs.quiet}>after epoch {seen.epoch + 1}</span>
      </div>
      <ul className={classes.patches}>
        {rows.map(({ name, count }) => {
          const from = first;
          first += count;
          return (
            <li key={name} className={classes.patchRow}>
              <span className={runs.quiet}>{name}</span>
              {Array.from({ length: count }, (_, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a patch is its place in the row
                <span key={place} className={classes.patch}>
                  <Picture pictures={pictures} index={from + place} label={`${name}, patch ${place + 1}`} />
                </span>
              ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
