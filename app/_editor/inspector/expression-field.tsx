'use client';
import { type KeyboardEvent, useState } from 'react';
import classes from './fields.module.css';

/** A formula over the params around, such as `= 4*filters`; emptied, the field is a plain value again. */
export function ExpressionField(props: {
  id: string;
  label: string;
  text: string;
  result: string;
  onChange(text: string | null): void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const finish = (text: string) => {
    setDraft(null);
    const clean = text.replace(/^\s*=/, '').trim();
    if (!clean) props.onChange(null);
    else if (clean !== props.text) props.onChange(clean);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === 'Enter') finish(event.currentTarget.value);
    if (event.key === 'Escape') setDraft(null);
  };
  return (
    <span className={classes.expression}>
      <input
        id={props.id}
        aria-label={`${props.label}, formula`}
        autoComplete="off"
        spellCheck={false}
        value={draft ?? `= ${props.text}`}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={(event) => draft !== null && finish(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span>{props.result}</span>
    </span>
  );
}
