'use client';
import { IconArrowDown, IconArrowUp, IconGripVertical } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { IconButton } from '@/app/_ui/icon-button';
import type { EdgeId } from '@/lib/graph/document';
import { moveWire } from '@/lib/graph/move-wire';
import { dispatch } from '../actions/graph-at';
import type { NodeView, PortView } from '../model/node-view';
import type { WireView } from '../model/view-wires';
import { useEditor, useUi, useView } from '../state/editor-context';
import fields from './fields.module.css';
import classes from './inspector.module.css';

const WIRE_MIME = 'application/x-netloom-wire';

/** Wires into one input, in the order in which the node takes them: the steps of a training, the parts of a concat. */
export function WireOrder({ view }: { view: NodeView }) {
  const wires = useView((state) => state.wires);
  const ports = view.ports.filter(
    (port, index, all) =>
      port.side === 'in' &&
      port.variadic &&
      port.type !== 'weights' &&
      all.findIndex(({ id, side }) => side === 'in' && id === port.id) === index,
  );
  return ports.map((port) => {
    const own = new Set(
      view.ports.filter(({ side, id }) => side === 'in' && id === port.id).map(({ handle }) => handle),
    );
    const here = Object.values(wires).filter(({ target, targetHandle }) => target === view.id && own.has(targetHandle));
    return here.length > 1 ? <List key={port.id} view={view} port={port} wires={here} /> : null;
  });
}

function List({ view, port, wires }: { view: NodeView; port: PortView; wires: readonly WireView[] }) {
  const editor = useEditor();
  const graph = useUi((state) => state.graph);
  const views = useView((state) => state.nodes);
  /** The row before which what is dragged would go. */
  const [gap, setGap] = useState<number | null>(null);
  const { canEdit } = editor.services;
  const move = (id: EdgeId, to: number) => {
    const command = moveWire(editor.documents.getState().document, graph, id, to);
    if (command) dispatch(editor, command, 'Reorder');
  };
  const gapAt = (event: DragEvent<HTMLElement>, index: number) => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    return event.clientY > top + height / 2 ? index + 1 : index;
  };
  const onKeyDown = (event: KeyboardEvent, wire: WireView, index: number) => {
    const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (!by || !canEdit) return;
    event.preventDefault();
    move(wire.id, index + by);
  };
  return (
    <section className={classes.section}>
      <h5>{port.title}</h5>
      <ol className={fields.order} aria-label={`Order of ${port.title.toLowerCase()}`}>
        {wires.map((wire, index) => {
          const source = views[wire.source];
          const name = source?.label ?? wire.source;
          return (
            <li
              key={wire.id}
              className={fields.ordered}
              data-gap={gap === index ? 'before' : gap === wires.length && index === gap - 1 ? 'after' : undefined}
              draggable={canEdit}
              onDragStart={(event) => {
                event.dataTransfer.setData(WIRE_MIME, wire.id);
                event.dataTransfer.effectAllowed = 'move';
              }}
              onDragOver={(event) => {
                if (!event.dataTransfer.types.includes(WIRE_MIME)) return;
                event.preventDefault();
                setGap(gapAt(event, index));
              }}
              onDragLeave={() => setGap(null)}
              onDragEnd={() => setGap(null)}
              onDrop={(event) => {
                const id = event.dataTransfer.getData(WIRE_MIME);
                const from = wires.findIndex((other) => other.id === id);
                setGap(null);
                if (from < 0) return;
                event.preventDefault();
                const to = gapAt(event, index);
                move(id, to > from ? to - 1 : to);
              }}
              onKeyDown={(event) => onKeyDown(event, wire, index)}
            >
              <IconGripVertical size={14} stroke={1.75} aria-hidden />
              <span>{index + 1}</span>
              <button type="button" onClick={() => editor.ui.getState().select([wire.source])} title="Go to it">
                {name}
              </button>
              {canEdit && (
                <span className={fields.tools}>
                  <IconButton
                    label={`Move ${name} up`}
                    size={24}
                    disabled={index === 0}
                    onClick={() => move(wire.id, index - 1)}
                  >
                    <IconArrowUp size={14} stroke={1.75} />
                  </IconButton>
                  <IconButton
                    label={`Move ${name} down`}
                    size={24}
                    disabled={index === wires.length - 1}
                    onClick={() => move(wire.id, index + 1)}
                  >
                    <IconArrowDown size={14} stroke={1.75} />
                  </IconButton>
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {canEdit && (
        <p className={fields.hint}>
          {view.role === 'training' ? 'Each batch takes them from top to bottom. ' : ''}Drag a row, or press Alt with ↑
          or ↓ on it.
        </p>
      )}
    </section>
  );
}
