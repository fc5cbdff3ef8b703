'use client';
import { ViewportPortal } from '@xyflow/react';
import { useUi } from '../state/editor-context';
import { usePeople } from '../state/people';
import classes from './canvas.module.css';

/** Where others point. */
export function Cursors() {
  const others = usePeople();
  const graph = useUi((state) => state.graph);
  return (
    <ViewportPortal>
      {others.map(({ client, name, color, cursor, graph: theirs }) =>
        cursor && theirs === graph ? (
          <div
            data-cursor
            key={client}
            className={classes.cursor}
            style={{ transform: `translate(${cursor.x}px, ${cursor.y}px)` }}
          >
            <svg width="16" height="18" aria-hidden="true">
              <path d="M1 1l5.5 15 2.4-6.2L15 7.5z" fill={color} stroke="var(--nl-canvas)" />
            </svg>
            <span style={{ background: color }}>{name}</span>
          </div>
        ) : null,
      )}
    </ViewportPortal>
  );
}
