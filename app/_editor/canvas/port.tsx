'use client';
import { Handle, Position } from '@xyflow/react';
import { type KeyboardEvent, memo } from 'react';
import { fits } from '../actions/connect-ports';
import { beginWire, endWire, stepPort } from '../actions/keyboard-wire';
import { formatSpec } from '../model/format';
import type { PortView } from '../model/node-view';
import { useEditor, useUi } from '../state/editor-context';
import { PORT } from './flow-nodes';
import classes from './node-card.module.css';
import { PortGlyph, type PortLook } from './port-glyph';

interface PortProps {
  node: string;
  name: string;
  port: PortView;
  reachable: boolean;
}

/** A port: 10 px to see, 24 to hit. Enter on it begins a wire, Enter on another one ends it. */
export const Port = memo(function Port({ node, name, port, reachable }: PortProps) {
  const editor = useEditor();
  const look = useUi((state): PortLook => {
    const { wire } = state;
    if (!wire) return port.wired ? 'wired' : 'empty';
    if (wire.node === node && wire.port === port.id && wire.side === port.side) return 'wired';
    return fits(editor, wire, node, port) ? 'fits' : 'misfit';
  });
  const says = port.type === 'tensor' && port.spec ? `, ${formatSpec(port.spec)}` : '';
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Enter' || event.key === ' ') {
      if (editor.ui.getState().wire) endWire(editor, node, port);
      else beginWire(editor, node, port);
    } else if (event.key.startsWith('Arrow')) stepPort(editor, event.currentTarget, event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Handle
      id={port.handle}
      type={port.side === 'in' ? 'target' : 'source'}
      position={port.side === 'in' ? Position.Left : Position.Right}
      className={`${classes.port} ${classes[`at_${port.place}`] ?? ''}`}
      style={{ top: port.y - PORT / 2, ...(port.side === 'in' ? { left: -PORT / 2 } : { right: -PORT / 2 }) }}
      role="button"
      tabIndex={reachable ? 0 : -1}
      aria-label={`${name}: ${port.side === 'in' ? 'input' : 'output'} ${port.title}, ${port.type}${says}${port.wired ? ', connected' : ''}`}
      data-port={`${node}:${port.side}:${port.handle}`}
      data-look={look}
      onKeyDown={onKeyDown}
    >
      <PortGlyph type={port.type} look={look} />
    </Handle>
  );
});
