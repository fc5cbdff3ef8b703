'use client';

import type { KeyboardEvent, ReactNode } from 'react';
import classes from './segmented.module.css';

/** One of a few, shown side by side; arrows walk, as in any radio group. */
export function Segmented<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: ReactNode }[];
  onChange(value: Value): void;
  full?: boolean;
}) {
  const { options, value, onChange } = props;
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = options.findIndex((option) => option.value === value);
    const next = options[(at + step + options.length) % options.length];
    if (!next) return;
    onChange(next.value);
    const buttons = event.currentTarget.querySelectorAll('button');
    buttons[options.indexOf(next)]?.focus();
  };
  return (
    <div
      role="radiogroup"
      aria-label={props.label}
      className={props.full ? `${classes.group} ${classes.full}` : classes.group}
      onKeyDown={walk}
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: a radio group of buttons, so that the row can be styled as one control
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          className={classes.item}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
