'use client';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { IconButton } from '@/app/_ui/icon-button';
import { flyTo } from '../actions/fly-to';
import { useDocument, useEditor, useUi } from '../state/editor-context';
import { findNodes } from './find-nodes';
import classes from './shell.module.css';

/** Finds nodes by title, name or kind, inside blocks too; Enter goes to the next one. */
export function FindBar() {
  const open = useUi((state) => state.find);
  return open ? <Find /> : null;
}

const SHOWN = 7;

function Find() {
  const editor = useEditor();
  const flow = useReactFlow();
  const document = useDocument((state) => state.document);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(-1);
  // What is found stays in its order while one walks through it, from graph to graph.
  const [from] = useState(() => editor.ui.getState().graph);
  const hits = useMemo(() => findNodes(document, from, query), [document, from, query]);
  const close = () => editor.ui.getState().set({ find: false });
  const go = (index: number) => {
    const next = (index + hits.length) % Math.max(1, hits.length);
    const hit = hits[next];
    if (!hit) return;
    setAt(next);
    flyTo(editor, flow, hit.graph, [hit.node]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' || event.key === 'ArrowDown') go(at + (event.shiftKey ? -1 : 1));
    else if (event.key === 'ArrowUp') go(at - 1);
    else return;
    event.preventDefault();
  };
  const first = Math.max(0, Math.min(at - 3, hits.length - SHOWN));
  return (
    <search className={classes.find}>
      <div className={classes.findHead}>
        <IconSearch size={14} stroke={1.75} />
        <input
          // biome-ignore lint/a11y/noAutofocus: Ctrl+F asks for it
          autoFocus
          aria-label="Find a node"
          placeholder="Find a node, in blocks too"
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(-1);
          }}
          onKeyDown={onKeyDown}
        />
        <span role="status">
          {query.trim() ? (hits.length ? `${at < 0 ? '' : `${at + 1} of `}${hits.length}` : 'none') : ''}
        </span>
        <IconButton label="Close find" size={24} onClick={close}>
          <IconX size={14} stroke={1.75} />
        </IconButton>
      </div>
      {hits.slice(first, first + SHOWN).map((hit, index) => (
        <button
          key={`${hit.graph} ${hit.node}`}
          type="button"
          className={classes.hit}
          data-on={first + index === at || undefined}
          onClick={() => go(first + index)}
        >
          {hit.title}
          <code>{hit.name}</code>
          <em>{hit.block}</em>
        </button>
      ))}
    </search>
  );
}
