'use client';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useState } from 'react';
import { IconButton } from '@/app/_ui/icon-button';
import { useEditor, useUi, useView } from '../state/editor-context';
import classes from './shell.module.css';

/** Finds nodes by title, name or kind; Enter goes to the next one. */
export function FindBar() {
  const open = useUi((state) => state.find);
  return open ? <Find /> : null;
}

function Find() {
  const editor = useEditor();
  const flow = useReactFlow();
  const views = useView((state) => state.nodes);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const words = query.trim().toLowerCase();
  const hits = words
    ? Object.values(views).filter((view) => `${view.title} ${view.fullName} ${view.kind}`.toLowerCase().includes(words))
    : [];
  const close = () => editor.ui.getState().set({ find: false });
  const go = (index: number) => {
    const hit = hits[(index + hits.length) % Math.max(1, hits.length)];
    if (!hit) return;
    setAt((index + hits.length) % hits.length);
    editor.ui.getState().select([hit.id]);
    void flow.fitView({ nodes: [{ id: hit.id }], maxZoom: 1, padding: 1, duration: 240 });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === 'Escape') close();
    if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = editor.ui.getState().nodes[0];
      go(hits[at] && hits[at].id === chosen ? at + (event.shiftKey ? -1 : 1) : at);
    }
  };
  return (
    <search className={classes.find}>
      <IconSearch size={14} stroke={1.75} />
      <input
        // biome-ignore lint/a11y/noAutofocus: Ctrl+F asks for it
        autoFocus
        aria-label="Find in this graph"
        placeholder="Find in this graph"
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <span>{words ? `${hits.length ? at + 1 : 0} of ${hits.length}` : ''}</span>
      <IconButton label="Close find" size={24} onClick={close}>
        <IconX size={14} stroke={1.75} />
      </IconButton>
    </search>
  );
}
