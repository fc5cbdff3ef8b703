'use client';
import { Switch } from '@mantine/core';
import { IconLink, IconLinkOff } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { FieldRow } from '@/app/_ui/field-row';
import type { Json } from '@/lib/base/json';
import { holdsBlock } from '@/lib/graph/blocks/block-uses';
import { isExpr, type Node, type NodeId } from '@/lib/graph/document';
import type { Field } from '@/lib/nodes/field';
import { setParam, togglePromoted } from '../actions/change-node';
import { formatParam } from '../model/format';
import type { NodeView } from '../model/node-view';
import { useDocument, useEditor, useUi } from '../state/editor-context';
import { ExpressionField } from './expression-field';
import { FieldMenu } from './field-menu';
import classes from './fields.module.css';
import { NumberField } from './number-field';
import { Select } from './select-field';
import { TextField } from './text-field';
import { useParamNames } from './use-param-names';

interface FieldControlProps {
  ids: readonly NodeId[];
  node: Node;
  view: NodeView;
  name: string;
  field: Field;
  /** Name of the node that drives this field, where a wire does. */
  driver: string | null;
}

/** One row of the inspector: label with its changed dot, the control for the field's type, the promote square. */
export function FieldControl({ ids, node, view, name, field, driver }: FieldControlProps) {
  const editor = useEditor();
  const id = useId();
  const given = node.params[name];
  const value = view.params[name] ?? field.default;
  const changed = given !== undefined && (isExpr(given) || JSON.stringify(given) !== JSON.stringify(field.default));
  const promoted = node.promoted?.includes(name) === true;
  const set = (next: Json) => setParam(editor, ids, name, next, `Set ${field.title.toLowerCase()}`);
  const names = useParamNames();
  const live = 'live' in field && field.live === true && field.type !== 'numbers';
  return (
    <FieldRow
      label={
        <span className={classes.label} title={field.help ?? field.title}>
          {field.title}
        </span>
      }
      htmlFor={id}
      menu={<FieldMenu ids={ids} node={node} view={view} name={name} field={field} value={value} />}
      changed={changed}
      onReset={() => setParam(editor, ids, name, undefined, `Reset ${field.title.toLowerCase()}`)}
      after={
        live &&
        ids.length === 1 && (
          <button
            type="button"
            className={classes.promote}
            aria-pressed={promoted}
            aria-label={promoted ? `Make ${field.title} a field again` : `Make ${field.title} an input`}
            title={promoted ? 'Make this a field again' : 'Make this an input'}
            onClick={() => togglePromoted(editor, view.id, name)}
          >
            <svg width="12" height="12" aria-hidden="true">
              {promoted ? (
                <rect x="2" y="2" width="8" height="8" rx="1.5" fill="var(--nl-number)" />
              ) : (
                <rect
                  x="2"
                  y="2"
                  width="8"
                  height="8"
                  rx="1.5"
                  fill="none"
                  stroke="var(--nl-text-3)"
                  strokeWidth="1.5"
                  opacity="0.7"
                />
              )}
            </svg>
          </button>
        )
      }
    >
      {promoted ? (
        <div className={classes.driven}>
          {driver ? `from ${driver}` : 'no wire yet'}
          <span>{formatParam(field, value)}</span>
        </div>
      ) : isExpr(given) ? (
        <ExpressionField
          id={id}
          label={field.title}
          text={given['=']}
          result={formatParam(field, value)}
          onChange={(text) => set(text === null ? value : ({ '=': text } as unknown as Json))}
        />
      ) : (
        <Control
          id={id}
          field={field}
          value={value}
          names={names}
          onChange={set}
          onExpression={(text) => set({ '=': text } as unknown as Json)}
        />
      )}
    </FieldRow>
  );
}

interface ControlProps {
  id: string;
  field: Field;
  value: Json;
  /** Params that a typed formula may name. */
  names: Readonly<Record<string, Json>>;
  onChange(value: Json): void;
  onExpression(text: string): void;
}

function Control({ id, field, value, names, onChange, onExpression }: ControlProps) {
  switch (field.type) {
    case 'number':
      return (
        <NumberField
          {...field}
          id={id}
          label={field.title}
          value={typeof value === 'number' ? value : null}
          names={names}
          onChange={onChange}
          onExpression={onExpression}
        />
      );
    case 'optional-number':
      return (
        <NumberField
          {...field}
          id={id}
          label={field.title}
          value={typeof value === 'number' ? value : null}
          names={names}
          onChange={onChange}
          onExpression={onExpression}
          onClear={() => onChange(null)}
        />
      );
    case 'choice':
      return <Select id={id} label={field.title} value={String(value)} options={field.choices} onChange={onChange} />;
    case 'switch':
      return (
        <Switch
          id={id}
          aria-label={field.title}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'text':
      return (
        <TextField
          id={id}
          label={field.title}
          value={String(value ?? '')}
          placeholder={field.placeholder ?? ''}
          onChange={onChange}
        />
      );
    case 'size':
      return <SizeField id={id} field={field} value={numbers(value)} onChange={onChange} />;
    case 'shape':
    case 'numbers':
      return (
        <ListField
          id={id}
          label={field.title}
          value={numbers(value)}
          open={field.type === 'shape'}
          onChange={onChange}
        />
      );
    case 'dataset':
      return <DatasetField id={id} label={field.title} value={String(value ?? '')} onChange={onChange} />;
    case 'block':
      return <BlockField id={id} label={field.title} value={String(value ?? '')} onChange={onChange} />;
    case 'json':
      return (
        <TextField
          id={id}
          label={field.title}
          value={JSON.stringify(value)}
          placeholder="{}"
          onChange={(text) => onChange(parseJson(text, value))}
        />
      );
  }
}

function SizeField({
  id,
  field,
  value,
  onChange,
}: {
  id: string;
  field: Extract<Field, { type: 'size' }>;
  value: number[];
  onChange(value: Json): void;
}) {
  const equal = value.every((size) => size === value[0]);
  const [linked, setLinked] = useState(equal);
  const set = (axis: number, size: number) =>
    onChange(value.map((before, index) => (linked || index === axis ? size : before)));
  return (
    <span className={classes.size}>
      {value.map((size, axis) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an axis is its index
        <span key={axis} style={{ display: 'contents' }}>
          {axis > 0 && <span>×</span>}
          <NumberField
            {...(axis === 0 ? { id } : {})}
            label={axis === 0 ? field.title : `${field.title}, axis ${axis + 1}`}
            value={size}
            min={field.min ?? 1}
            max={field.max}
            integer
            onChange={(next) => set(axis, next)}
          />
        </span>
      ))}
      {value.length > 1 && (
        <button
          type="button"
          className={classes.link}
          aria-pressed={linked}
          aria-label={linked ? `Set the axes of ${field.title} apart` : `Keep the axes of ${field.title} equal`}
          onClick={() => setLinked(!linked)}
        >
          {linked ? <IconLink size={12} stroke={1.75} /> : <IconLinkOff size={12} stroke={1.75} />}
        </button>
      )}
    </span>
  );
}

/** Numbers with × or commas between them; an open size of a shape is `?`. */
function ListField(props: { id: string; label: string; value: number[]; open: boolean; onChange(value: Json): void }) {
  const shown = props.value.map((item) => (item === -1 ? '?' : String(item))).join(props.open ? ' × ' : ', ');
  const read = (text: string) => {
    const parts = text.split(/[\s,×x*;]+/i).filter(Boolean);
    const list = parts.map((part) => (part === '?' && props.open ? -1 : Number(part)));
    if (list.every((item) => Number.isFinite(item))) props.onChange(list);
  };
  return (
    <TextField
      id={props.id}
      label={props.label}
      value={shown}
      placeholder={props.open ? '28 × 28 × 1' : '1, 1'}
      onChange={read}
    />
  );
}

function DatasetField(props: { id: string; label: string; value: string; onChange(value: Json): void }) {
  const cards = useDocument((state) => state.cards);
  const options = Object.values(cards).map((card) => ({
    value: card.id,
    title: card.missing ? `${card.title} (not here)` : card.title,
  }));
  options.sort((a, b) => a.title.localeCompare(b.title));
  return <Select {...props} options={options} />;
}

function BlockField(props: { id: string; label: string; value: string; onChange(value: Json): void }) {
  const document = useDocument((state) => state.document);
  const graph = useUi((state) => state.graph);
  // A block cannot contain itself.
  const fitting = Object.entries(document.blocks).filter(
    ([id]) => graph === 'main' || !holdsBlock(document, id, graph),
  );
  return <Select {...props} options={fitting.map(([value, block]) => ({ value, title: block.title }))} />;
}

const numbers = (value: Json): number[] => (Array.isArray(value) ? value.map(Number) : []);

function parseJson(text: Json, fallback: Json): Json {
  try {
    return JSON.parse(String(text)) as Json;
  } catch {
    return fallback;
  }
}
