'use client';
import { type KeyboardEvent, useState } from 'react';
import classes from './fields.module.css';

/** A line of text: Enter or leaving keeps it, Esc takes it back. */
export function TextField(props: {
  id: string;
  label: string;
  value: string;
  placeholder: string;
  onChange(value: string): void;
}) {
  const [text, setText] = useState<string | null>(null);
  const finish = (next: string) => {
    setText(null);
    if (next !== props.value) props.onChange(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === 'Enter') finish(event.currentTarget.value);
    if (event.key === 'Escape') setText(null);
  };
  return (
    <span className={classes.text}>
      <input
        id={props.id}
        aria-label={props.label}
        placeholder={props.placeholder}
        value={text ?? props.value}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={(event) => text !== null && finish(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </span>
  );
}
