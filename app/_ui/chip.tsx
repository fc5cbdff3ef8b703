import type { ReactNode } from 'react';
import classes from './chip.module.css';

export type Tone = 'neutral' | 'ok' | 'warn' | 'error' | 'run';

/** A small state label: tone and icon say the same, so that colour never stands alone. */
export function Chip(props: { tone?: Tone; icon?: ReactNode; spinning?: boolean; children: ReactNode }) {
  return (
    <span className={classes.chip} data-tone={props.tone ?? 'neutral'}>
      {props.icon !== undefined && <span className={props.spinning ? classes.spin : undefined}>{props.icon}</span>}
      {props.children}
    </span>
  );
}
