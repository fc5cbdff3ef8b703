'use client';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { Json } from '@/lib/base/json';
import { namesIn } from '@/lib/graph/blocks/rewrite-expression';
import { evaluateExpression } from '@/lib/graph/expression';
import { formatNumber } from '../model/format';
import classes from './fields.module.css';

export interface NumberLimits {
  min?: number | undefined;
  max?: number | undefined;
  soft?: [number, number] | undefined;
  step?: number | undefined;
  integer?: true | undefined;
  logarithmic?: true | undefined;
}

interface NumberFieldProps extends NumberLimits {
  id?: string;
  label: string;
  value: number | null;
  /** Shown where there is no number. */
  none?: string;
  disabled?: boolean;
  onChange(value: number): void;
  /** Params that a typed formula may name; with one, the field follows it. */
  names?: Readonly<Record<string, Json>>;
  onExpression?(text: string): void;
  /** An emptied field, where that means something. */
  onClear?(): void;
}

/** A number to type (with arithmetic), to scrub by dragging, or to step with its arrows. */
export function NumberField(props: NumberFieldProps) {
  const { value } = props;
  const [text, setText] = useState<string | null>(null);
  const [scrub, setScrub] = useState<number | null>(null);
  const from = useRef<{ x: number; value: number; moved: boolean } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const shown = scrub ?? value;
  const formula = text !== null && props.onExpression ? readFormula(text, props.names ?? {}) : null;
  const typed = text === null ? null : formula ? { value: formula.value } : readNumber(text, props);
  const problem = typed && 'problem' in typed ? typed.problem : null;
  const arithmetic =
    text !== null && typed && 'value' in typed && !/^\s*[-+]?[\d.eE+-]*\s*$/.test(text) ? typed.value : null;

  const finish = (raw: string) => {
    setText(null);
    if (raw.trim() === '' && props.onClear) return props.onClear();
    const follows = props.onExpression && readFormula(raw, props.names ?? {});
    if (follows) return props.onExpression?.(follows.text);
    const read = readNumber(raw, props);
    if ('value' in read && read.value !== value) props.onChange(read.value);
  };
  const step = (direction: number, event: { shiftKey: boolean; altKey: boolean }) => {
    const next = stepped(value ?? props.soft?.[0] ?? 0, direction, props, event);
    if (next !== value) props.onChange(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === 'Enter') finish(event.currentTarget.value);
    else if (event.key === 'Escape') {
      setText(null);
      event.currentTarget.blur();
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      setText(null);
      step(event.key === 'ArrowUp' ? 1 : -1, event);
    } else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent<HTMLInputElement>) => {
    if (props.disabled || document.activeElement === event.currentTarget || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, value: value ?? 0, moved: false };
  };
  const onPointerMove = (event: PointerEvent<HTMLInputElement>) => {
    const start = from.current;
    if (!start) return;
    const away = Math.round((event.clientX - start.x) / 4);
    if (!start.moved && Math.abs(event.clientX - start.x) < 4) return;
    start.moved = true;
    setScrub(stepped(start.value, away, props, event));
  };
  const onPointerUp = () => {
    const start = from.current;
    from.current = null;
    if (start && !start.moved) {
      input.current?.focus();
      input.current?.select();
    } else if (scrub !== null && scrub !== value) props.onChange(scrub);
    setScrub(null);
  };
  return (
    <span
      className={classes.number}
      data-invalid={problem ? true : undefined}
      data-disabled={props.disabled || undefined}
    >
      <button
        type="button"
        tabIndex={-1}
        className={classes.less}
        aria-label={`Less ${props.label}`}
        disabled={props.disabled}
        onClick={(event) => step(-1, event)}
      >
        <IconChevronLeft size={12} stroke={1.75} />
      </button>
      <input
        ref={input}
        id={props.id}
        role="spinbutton"
        inputMode="decimal"
        aria-label={props.label}
        aria-valuenow={shown ?? undefined}
        aria-valuemin={props.min}
        aria-valuemax={props.max}
        aria-invalid={problem !== null}
        autoComplete="off"
        spellCheck={false}
        disabled={props.disabled}
        placeholder={props.none}
        value={text ?? (shown === null ? '' : formatNumber(shown))}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={(event) => text !== null && finish(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
      />
      {problem && <span className={classes.problem}>{problem}</span>}
      {arithmetic !== null && !problem && <span className={classes.sum}>= {formatNumber(arithmetic)}</span>}
      <button
        type="button"
        tabIndex={-1}
        className={classes.more}
        aria-label={`More ${props.label}`}
        disabled={props.disabled}
        onClick={(event) => step(1, event)}
      >
        <IconChevronRight size={12} stroke={1.75} />
      </button>
      {props.soft && shown !== null && (
        <i className={classes.bar} style={{ width: `${100 * fraction(shown, props.soft, props.logarithmic)}%` }} />
      )}
    </span>
  );
}

/** A formula that names a param, such as `4*filters`, with its value now; null where the text names none. */
export function readFormula(
  raw: string,
  names: Readonly<Record<string, Json>>,
): { text: string; value: number } | null {
  const text = raw.replace(/^\s*=/, '').replaceAll('×', '*').trim();
  if (!namesIn(text).some((name) => Object.hasOwn(names, name))) return null;
  const read = evaluateExpression(text, names);
  return 'value' in read && typeof read.value === 'number' ? { text, value: read.value } : null;
}

/** A typed number or sum, or what is wrong with it in a few words. */
export function readNumber(text: string, limits: NumberLimits): { value: number } | { problem: string } {
  const read = evaluateExpression(text.replaceAll('−', '-').replaceAll('×', '*').replaceAll(',', ''), {});
  if ('problem' in read || typeof read.value !== 'number') return { problem: 'not a number' };
  const value = limits.integer ? Math.round(read.value) : read.value;
  if (limits.min !== undefined && value < limits.min) return { problem: `at least ${formatNumber(limits.min)}` };
  if (limits.max !== undefined && value > limits.max) return { problem: `at most ${formatNumber(limits.max)}` };
  return { value };
}

/** A value some steps on: Shift ten times faster, Alt ten times finer; on a log scale ten steps double it. */
export function stepped(
  value: number,
  steps: number,
  limits: NumberLimits,
  keys: { shiftKey: boolean; altKey: boolean },
): number {
  const speed = keys.shiftKey ? 10 : keys.altKey ? 0.1 : 1;
  const count = steps * speed;
  let next: number;
  if (limits.logarithmic && !limits.integer && value > 0) next = value * 10 ** (count / 20);
  else
    next =
      value +
      count * (limits.step ?? (limits.integer ? 1 : limits.soft ? (limits.soft[1] - limits.soft[0]) / 100 : 0.01));
  if (limits.integer) next = steps > 0 ? Math.ceil(next) : Math.floor(next);
  else next = Number(next.toPrecision(limits.logarithmic ? 3 : 6));
  if (limits.min !== undefined) next = Math.max(limits.min, next);
  if (limits.max !== undefined) next = Math.min(limits.max, next);
  return Object.is(next, -0) ? 0 : next;
}

function fraction(value: number, [low, high]: [number, number], logarithmic: true | undefined): number {
  const at =
    logarithmic && low > 0 && value > 0 ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.max(0, Math.min(1, at));
}
