import type { ReactNode } from 'react';
import classes from './field-row.module.css';

/** A row of 32: label 96, control, 20 for what stands behind. The dot marks a changed value; a click on it resets. */
export function FieldRow(props: {
  label: ReactNode;
  /** Id of the control that the label names. */
  htmlFor?: string;
  changed?: boolean;
  onReset?(): void;
  children: ReactNode;
  after?: ReactNode;
  /** Over the end of the label while the row is pointed at. */
  menu?: ReactNode;
}) {
  const resets = props.changed && props.onReset;
  return (
    <div className={classes.row}>
      <span className={props.changed ? `${classes.label} ${classes.changed}` : classes.label}>
        {resets && (
          <button type="button" className={classes.dot} aria-label="Back to the default" onClick={props.onReset} />
        )}
        <label htmlFor={props.htmlFor}>{props.label}</label>
        {props.menu && <span className={classes.menu}>{props.menu}</span>}
      </span>
      {props.children}
      <span>{props.after}</span>
    </div>
  );
}
