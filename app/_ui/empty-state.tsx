import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

/** What stands where nothing is: what would be here, and the one thing to do. `tone: 'error'` for what failed to load. */
export function EmptyState(props: {
  icon: ReactNode;
  title: string;
  text: ReactNode;
  actions?: ReactNode;
  tone?: 'neutral' | 'error';
  /** Nothing else is on the page. */
  page?: boolean;
}) {
  return (
    <div
      className={classes.empty}
      data-tone={props.tone ?? 'neutral'}
      data-page={props.page || undefined}
      {...(props.tone === 'error' ? { role: 'alert' } : {})}
    >
      <span className={classes.icon}>{props.icon}</span>
      <h3 className={classes.title}>{props.title}</h3>
      <div className={classes.text}>{props.text}</div>
      {props.actions && <div className={classes.actions}>{props.actions}</div>}
    </div>
  );
}
