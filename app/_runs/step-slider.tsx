'use client';

import { Slider } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './runs.module.css';

/** The one step that every panel shows. `at` null: live, the newest. */
export function StepSlider(props: {
  last: number;
  at: number | null;
  onChange(at: number | null): void;
  /** What can be done at the step. */
  action?: ReactNode;
}) {
  const { last, at, onChange } = props;
  const shown = at ?? last;
  return (
    <div className={classes.slider}>
      <span>Every panel at</span>
      <Slider
        className={classes.track ?? ''}
        min={0}
        max={Math.max(1, last)}
        value={shown}
        onChange={(step) => onChange(step >= last ? null : step)}
        thumbLabel="Step"
      />
      <b className={classes.step}>step {shown.toLocaleString('en-US')}</b>
      <button type="button" className={classes.live} aria-pressed={at === null} onClick={() => onChange(null)}>
        live
      </button>
      {props.action}
    </div>
  );
}
