'use client';
import { Switch } from '@mantine/core';
import type { Json } from '@/lib/base/json';
import type { Param } from '@/lib/graph/document';
import type { ChoiceField } from '../model/following-field';
import { formatParam } from '../model/format';
import { NumberField } from './number-field';
import { Select } from './select-field';
import { TextField } from './text-field';

/** A control for a parameter of the document or a block: by the field that follows it, else by the type of its default. */
export function ParamControl(props: {
  id: string;
  param: Param;
  /** The choice field that follows it: it knows what its values are called. */
  field: ChoiceField | null;
  value: Json;
  disabled?: boolean;
  onChange(value: Json): void;
}) {
  const { id, param, field, value, onChange } = props;
  const label = param.title;
  const choices = param.choices ?? field?.choices.map((choice) => choice.value);
  if (choices) {
    return (
      <Select
        id={id}
        label={label}
        value={JSON.stringify(value)}
        options={choices.map((choice) => ({
          value: JSON.stringify(choice),
          title: field ? formatParam(field, choice) : String(choice),
        }))}
        onChange={(text) => onChange(choices.find((choice) => JSON.stringify(choice) === text) ?? value)}
      />
    );
  }
  if (typeof param.default === 'number') {
    const whole = Number.isInteger(param.default) && (param.min === undefined || Number.isInteger(param.min));
    const soft =
      param.min !== undefined && param.max !== undefined ? ([param.min, param.max] as [number, number]) : undefined;
    return (
      <NumberField
        id={id}
        label={label}
        value={typeof value === 'number' ? value : param.default}
        min={param.min}
        max={param.max}
        soft={soft}
        {...(whole ? { step: 1 } : {})}
        onChange={onChange}
      />
    );
  }
  if (typeof param.default === 'boolean')
    return (
      <Switch
        id={id}
        aria-label={label}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (typeof param.default === 'string')
    return <TextField id={id} label={label} value={String(value ?? '')} placeholder="" onChange={onChange} />;
  return (
    <TextField
      id={id}
      label={label}
      value={JSON.stringify(value)}
      placeholder=""
      onChange={(text) => {
        try {
          onChange(JSON.parse(text) as Json);
        } catch {
          // the field shows the old value again
        }
      }}
    />
  );
}
