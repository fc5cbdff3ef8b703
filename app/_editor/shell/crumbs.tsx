'use client';
import { IconChevronRight } from '@tabler/icons-react';
import { Fragment } from 'react';
import { graphOf } from '@/lib/graph/document';
import { leaveBlock } from '../actions/walk-blocks';
import { useDocument, useEditor, useUi } from '../state/editor-context';
import classes from './shell.module.css';

/** Inside a block: the way in, and the way out. */
export function Crumbs() {
  const editor = useEditor();
  const graph = useUi((state) => state.graph);
  const way = useUi((state) => state.way);
  const document = useDocument((state) => state.document);
  if (graph === 'main') return null;
  const title = (id: string) => (id === 'main' ? document.title || 'Untitled' : document.blocks[id]?.title || 'Block');
  const steps = way.length ? way.map((step) => step.graph) : ['main'];
  const last = way.at(-1);
  const name = last && graphOf(document, last.graph)?.nodes[last.node]?.name;
  return (
    <nav className={classes.crumbs} aria-label="Where you are">
      {steps.map((id, depth) => (
        <Fragment key={id}>
          <button type="button" onClick={() => leaveBlock(editor, depth)}>
            {title(id)}
          </button>
          <IconChevronRight size={14} stroke={1.75} />
        </Fragment>
      ))}
      <b aria-current="page">{title(graph)}</b>
      {name && name !== title(graph).toLowerCase() && <code>{name}</code>}
      <kbd>Esc</kbd>
    </nav>
  );
}
