'use client';
import { type Node, type NodeProps, NodeResizeControl, ResizeControlVariant } from '@xyflow/react';
import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react';
import { changeFurniture, finishTyping, removeFurniture } from '../actions/furniture';
import { GRID } from '../model/place-node';
import { useEditor, useUi } from '../state/editor-context';
import classes from './frame-node.module.css';

export type FrameNodeType = Node<{ title: string }, 'frame'>;

const SMALLEST = { width: 96, height: 64 };

/** A titled area. Its title moves it, with the nodes on it; a double click or F2 renames it, its corner sizes it. */
export const FrameNode = memo(function FrameNode({ id, data, selected }: NodeProps<FrameNodeType>) {
  const editor = useEditor();
  const editing = useUi((state) => state.renaming === id);
  const finish = (title: string | null) => {
    const part = finishTyping(editor, id) ? 'of-last' : undefined;
    if (title !== null && title !== data.title) changeFurniture(editor, id, { title }, 'Rename frame', part);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === 'Enter') finish(event.currentTarget.value);
    if (event.key === 'Escape') finish(null);
  };
  return (
    <div className={classes.frame} data-selected={selected || undefined}>
      {editing ? (
        <input
          className={`${classes.input} nodrag`}
          aria-label="Frame title"
          placeholder="Name this group"
          defaultValue={data.title}
          // biome-ignore lint/a11y/noAutofocus: the double click asks for it
          autoFocus
          onBlur={(event) => finish(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      ) : (
        <h4
          className={`${classes.title} frame-handle`}
          onDoubleClick={() => editor.ui.getState().set({ renaming: id })}
        >
          {data.title || 'Group'}
        </h4>
      )}
      {selected && editor.services.canEdit && (
        <NodeResizeControl
          className={classes.corner ?? ''}
          position="bottom-right"
          minWidth={SMALLEST.width}
          minHeight={SMALLEST.height}
          onResizeEnd={(_, { width, height }) =>
            changeFurniture(editor, id, { w: toGrid(width), h: toGrid(height) }, 'Resize frame')
          }
        />
      )}
    </div>
  );
});

const toGrid = (size: number): number => Math.round(size / (GRID / 2)) * (GRID / 2);

export type NoteNodeType = Node<{ text: string }, 'note'>;

/** A remark beside the nodes. A double click or F2 edits it; one that stays empty goes again. */
export const NoteNode = memo(function NoteNode({ id, data, selected, height }: NodeProps<NoteNodeType>) {
  const editor = useEditor();
  const editing = useUi((state) => state.renaming === id);
  const [draft, setDraft] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const measured = (height ?? 0) > 0;
  // A new note is hidden, and cannot take the focus, until React Flow has measured it.
  useEffect(() => {
    if (editing && measured) field.current?.focus();
  }, [editing, measured]);
  const finish = (text: string | null) => {
    const fresh = finishTyping(editor, id);
    setDraft(null);
    const next = (text ?? data.text).trim();
    if (!next && fresh) editor.documents.getState().retract();
    else if (!next) removeFurniture(editor, id, 'Remove note');
    else if (next !== data.text)
      changeFurniture(editor, id, { text: next.slice(0, 4_000) }, 'Edit note', fresh ? 'of-last' : undefined);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    event.stopPropagation();
    if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey)))
      finish(event.currentTarget.value);
  };
  const text = draft ?? data.text;
  return (
    <div className={classes.note} data-selected={selected || undefined} data-editing={editing || undefined}>
      {/* The text itself gives the size; the field lies over it. */}
      <p>{`${text || 'Write a note'} `}</p>
      {editing && (
        <textarea
          className="nodrag nopan nowheel"
          aria-label="Note"
          placeholder="Write a note"
          ref={field}
          value={text}
          onFocus={(event) => event.currentTarget.setSelectionRange(text.length, text.length)}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={(event) => finish(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      )}
      {selected && editor.services.canEdit && !editing && (
        <NodeResizeControl
          className={classes.edge ?? ''}
          variant={ResizeControlVariant.Line}
          position="right"
          minWidth={SMALLEST.width}
          onResizeEnd={(_, { width }) => changeFurniture(editor, id, { w: toGrid(width) }, 'Resize note')}
        />
      )}
    </div>
  );
});
