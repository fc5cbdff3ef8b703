'use client';
import { IconChevronDown } from '@tabler/icons-react';
import classes from './fields.module.css';

/** One of a few; a value that is not among them is shown as it is. */
export function Select(props: {
  id: string;
  label: string;
  value: string;
  options: readonly { value: string; title: string }[];
  onChange(value: string): void;
}) {
  const known = props.options.some((option) => option.value === props.value);
  return (
    <span className={classes.select}>
      <select
        id={props.id}
        aria-label={props.label}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      >
        {!known && <option value={props.value}>{props.value || 'choose'}</option>}
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
      <IconChevronDown size={12} stroke={1.75} />
    </span>
  );
}
