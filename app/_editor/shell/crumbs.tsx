'use client';
import { IconChevronRight } from '@tabler/icons-react';
import { useDocument, useEditor, useUi } from '../state/editor-context';
import classes from './shell.module.css';

/** Inside a block: where one is, and the way out. */
export function Crumbs() {
  const editor = useEditor();
  const graph = useUi((state) => state.graph);
  const block = useDocument((state) => (graph === 'main' ? undefined : state.document.blocks[graph]));
  const title = useDocument((state) => state.document.title);
  if (graph === 'main') return null;
  return (
    <nav className={classes.crumbs} aria-label="Where you are">
      <button type="button" onClick={() => editor.ui.getState().set({ graph: 'main', nodes: [], edges: [] })}>
        {title}
      </button>
      <IconChevronRight size={14} stroke={1.75} />
      <b>{block?.title ?? 'a block that is gone'}</b>
    </nav>
  );
}
