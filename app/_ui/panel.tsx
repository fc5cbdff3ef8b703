import type { ReactNode } from 'react';
import classes from './panel.module.css';

/** A card with a title, and a word or link at its right. */
export function Panel(props: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.panel} aria-label={props.title}>
      <div className={classes.head}>
        <h3>{props.title}</h3>
        {props.aside && <span className={classes.aside}>{props.aside}</span>}
      </div>
      {props.children}
    </section>
  );
}
