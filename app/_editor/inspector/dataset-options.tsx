'use client';
import { FieldRow } from '@/app/_ui/field-row';
import { isRecord } from '@/lib/base/json';
import { setParam } from '../actions/change-node';
import type { NodeView } from '../model/node-view';
import { useDocument, useEditor } from '../state/editor-context';
import { NumberField } from './number-field';

/** What the chosen data set lets people change, such as the noise of drawn points. */
export function DatasetOptions({ id, view }: { id: string; view: NodeView }) {
  const editor = useEditor();
  const card = useDocument((state) => state.cards[typeof view.params.dataset === 'string' ? view.params.dataset : '']);
  const given = isRecord(view.params.options) ? view.params.options : {};
  const set = (key: string, value: number | undefined) => {
    const { [key]: _, ...rest } = given as Record<string, number>;
    const next = value === undefined ? rest : { ...rest, [key]: value };
    setParam(editor, [id], 'options', Object.keys(next).length ? next : undefined, 'Set option');
  };
  return (
    <>
      {Object.entries(card?.options ?? {}).map(([key, option]) => {
        const value = typeof given[key] === 'number' ? given[key] : option.default;
        return (
          <FieldRow
            key={key}
            label={option.title}
            htmlFor={`option-${key}`}
            changed={value !== option.default}
            onReset={() => set(key, undefined)}
          >
            <NumberField
              id={`option-${key}`}
              label={option.title}
              value={value}
              min={option.min}
              max={option.max}
              soft={[option.min, option.max]}
              onChange={(next) => set(key, next)}
            />
          </FieldRow>
        );
      })}
    </>
  );
}
