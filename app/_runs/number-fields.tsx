import { NumberInput } from '@mantine/core';
import type { LiveNumber } from '@/lib/engine/live-numbers';
import classes from './runs.module.css';

export const numberKey = ({ path, param }: Pick<LiveNumber, 'path' | 'param'>): string => `${path}.${param}`;

/** Those that have another value now. */
export const changedNumbers = (all: readonly LiveNumber[], values: Record<string, number>) =>
  all.flatMap((number) => {
    const value = values[numberKey(number)];
    const { path, param } = number;
    return value === undefined || value === number.value ? [] : [{ path, param, value }];
  });

/** Live numbers of a run: the essential ones at once, the others behind a fold. Those on a schedule are not asked for. */
export function NumberFields(props: {
  numbers: readonly LiveNumber[];
  /** Changed ones, by `numberKey`. */
  values: Record<string, number>;
  onChange(number: LiveNumber, value: number): void;
}) {
  const free = props.numbers.filter(({ value }) => value !== null);
  const essential = free.filter((number) => number.essential);
  const others = free.filter((number) => !number.essential);
  const fields = (numbers: readonly LiveNumber[]) => (
    <div className={classes.fields}>
      {numbers.map((number) => (
        <NumberInput
          key={numberKey(number)}
          label={`${number.name}: ${number.title.toLowerCase()}`}
          value={props.values[numberKey(number)] ?? number.value ?? 0}
          {...(number.min === null ? {} : { min: number.min })}
          {...(number.max === null ? {} : { max: number.max })}
          hideControls
          onChange={(value) => typeof value === 'number' && props.onChange(number, value)}
        />
      ))}
    </div>
  );
  return (
    <>
      {fields(essential)}
      {others.length > 0 && (
        <details className={classes.names}>
          <summary>{others.length} more numbers</summary>
          {fields(others)}
        </details>
      )}
    </>
  );
}
