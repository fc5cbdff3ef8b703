'use client';
import type { Node, NodeProps } from '@xyflow/react';
import { type KeyboardEvent, memo, useState } from 'react';
import { dispatch } from '../actions/graph-at';
import { changeEntry } from '../model/frames';
import { useEditor } from '../state/editor-context';
import classes from './frame-node.module.css';

export type FrameNodeType = Node<{ title: string }, 'frame'>;

/** A titled area. Its title moves it, with the nodes on it; a double click renames it. */
export const FrameNode = memo(function FrameNode({ id, data, selected }: NodeProps<FrameNodeType>) {
  const editor = useEditor();
  const [editing, setEditing] = useState(false);
  const finish = (title: string | null) => {
    setEditing(false);
    if (title === null || title === data.title) return;
    const { frames } = editor.documents.getState().document;
    dispatch(editor, { do: 'set-document', set: { frames: changeEntry(frames, id, { title }) } }, 'Rename frame');
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
          defaultValue={data.title}
          // biome-ignore lint/a11y/noAutofocus: the double click asks for it
          autoFocus
          onBlur={(event) => finish(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      ) : (
        <h4 className={`${classes.title} frame-handle`} onDoubleClick={() => setEditing(true)}>
          {data.title || 'Untitled'}
        </h4>
      )}
    </div>
  );
});

export type NoteNodeType = Node<{ text: string }, 'note'>;

/** A remark beside the nodes. */
export const NoteNode = memo(function NoteNode({ data, selected }: NodeProps<NoteNodeType>) {
  return (
    <div className={classes.note} data-selected={selected || undefined}>
      {data.text}
    </div>
  );
});
