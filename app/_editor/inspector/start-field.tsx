'use client';
import { type ChangeEvent, useRef, useState } from 'react';
import { readableError } from '@/app/_client/readable-error';
import { FieldRow } from '@/app/_ui/field-row';
import { showToast } from '@/app/_ui/toast';
import type { Node } from '@/lib/graph/document';
import { dispatch } from '../actions/graph-at';
import { useDocument, useEditor } from '../state/editor-context';
import { Select } from './select-field';

const UPLOAD = '(upload)';

/** Which weights a node, or all in an instance, begins with: random ones, or those of a file of the workspace. */
export function StartField({ id, node }: { id: string; node: Node }) {
  const editor = useEditor();
  const assets = useDocument((state) => state.assets);
  const picker = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const { start } = node;
  const set = (next: Node['start'] | null) => {
    const { graph } = editor.ui.getState();
    dispatch(editor, { do: 'set-node', graph, id, set: { start: next ?? null } }, 'Start from other weights');
  };
  const upload = async ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const file = currentTarget.files?.[0];
    currentTarget.value = '';
    if (!file) return;
    setBusy(true);
    try {
      set({ asset: (await editor.services.uploadWeights(file)).id });
    } catch (error) {
      showToast({ text: readableError(error), tone: 'error' });
    } finally {
      setBusy(false);
    }
  };
  const value = !start ? '' : 'asset' in start ? start.asset : `key:${start.key}`;
  const keyed = start && 'key' in start ? [{ value, title: `Alike all with “${start.key}”` }] : [];
  return (
    <>
      <FieldRow label="Starts from" htmlFor="start" changed={start !== undefined} onReset={() => set(null)}>
        <Select
          id="start"
          label="Starts from"
          value={busy ? UPLOAD : value}
          options={[
            { value: '', title: 'Random weights' },
            ...keyed,
            ...Object.values(assets).map((asset) => ({ value: asset.id, title: asset.title })),
            ...(editor.services.canEdit
              ? [{ value: UPLOAD, title: busy ? 'Uploading …' : 'Weights in a file …' }]
              : []),
          ]}
          onChange={(chosen) => {
            if (chosen === UPLOAD) picker.current?.click();
            else if (chosen !== value) set(chosen === '' ? null : { asset: chosen });
          }}
        />
      </FieldRow>
      <input ref={picker} type="file" accept=".safetensors" hidden aria-label="Weights file" onChange={upload} />
    </>
  );
}
