'use client';
import { IconArrowDown, IconArrowUp, IconQuestionMark, IconTrash } from '@tabler/icons-react';
import { IconButton } from '@/app/_ui/icon-button';
import { changePort, movePort, type PortSide, removePort } from '@/lib/graph/blocks/block-ports';
import type { Command } from '@/lib/graph/command';
import type { BlockId } from '@/lib/graph/document';
import { dispatch } from '../actions/graph-at';
import { PortGlyph } from '../canvas/port-glyph';
import { useDocument, useEditor } from '../state/editor-context';
import classes from './fields.module.css';
import { TextField } from './text-field';

/** Ports of a block on one side: their names, their order, which may stay open. */
export function PortsSection({ block, side }: { block: BlockId; side: PortSide }) {
  const editor = useEditor();
  const ports = useDocument((state) => state.document.blocks[block]?.[side] ?? []);
  const { canEdit } = editor.services;
  const change = (make: (document: ReturnType<typeof now>) => Command, title: string) =>
    dispatch(editor, make(now()), title);
  const now = () => editor.documents.getState().document;
  return (
    <>
      <h5>{side === 'inputs' ? 'Inputs' : 'Outputs'}</h5>
      {ports.map((port, index) => (
        <div key={port.id} className={classes.port}>
          <PortGlyph type={port.type} look={port.optional ? 'empty' : 'wired'} />
          <TextField
            id={`${side}-${port.id}`}
            label={`Name of ${port.name || port.id}`}
            value={port.name || port.id}
            placeholder={port.id}
            onChange={(name) =>
              change((document) => changePort(document, block, side, port.id, { name }), 'Rename port')
            }
          />
          {canEdit && (
            <span className={classes.tools}>
              {side === 'inputs' && (
                <IconButton
                  label={port.optional ? `${port.name} must be wired` : `${port.name} may stay open`}
                  size={24}
                  active={port.optional === true}
                  onClick={() =>
                    change(
                      (document) => changePort(document, block, side, port.id, { optional: !port.optional }),
                      'Change port',
                    )
                  }
                >
                  <IconQuestionMark size={14} stroke={1.75} />
                </IconButton>
              )}
              <IconButton
                label={`Move ${port.name} up`}
                size={24}
                disabled={index === 0}
                onClick={() => change((document) => movePort(document, block, side, port.id, index - 1), 'Move port')}
              >
                <IconArrowUp size={14} stroke={1.75} />
              </IconButton>
              <IconButton
                label={`Move ${port.name} down`}
                size={24}
                disabled={index === ports.length - 1}
                onClick={() => change((document) => movePort(document, block, side, port.id, index + 1), 'Move port')}
              >
                <IconArrowDown size={14} stroke={1.75} />
              </IconButton>
              <IconButton
                label={`Remove ${port.name}`}
                size={24}
                onClick={() => change((document) => removePort(document, block, side, port.id), 'Remove port')}
              >
                <IconTrash size={14} stroke={1.75} />
              </IconButton>
            </span>
          )}
        </div>
      ))}
      {canEdit && (
        <p className={classes.hint}>
          {side === 'inputs' ? 'Pull a wire from “new input” to make one.' : 'Pull a wire to “new output” to make one.'}
        </p>
      )}
    </>
  );
}
