'use client';
import { ViewportPortal } from '@xyflow/react';
import { measureText } from '../model/measure-text';
import { useUi, useView } from '../state/editor-context';
import classes from './wire-edge.module.css';

/** Shapes in small print above the wires, over all of them, so that no wire strikes one out. */
export function WireLabels() {
  const wires = useView((state) => state.wires);
  const level = useUi((state) => state.level);
  const dragged = useUi((state) => state.dragged);
  if (level !== 'full') return null;
  return (
    <ViewportPortal>
      <svg className={classes.ghost} aria-hidden="true">
        {Object.values(wires).map(({ id, label, route, wrong, source, target }) => {
          const spot = route?.label;
          if (!label || !spot || spot.room <= measureText(label, 'mono') + 4) return null;
          if (dragged.includes(source) || dragged.includes(target)) return null;
          return (
            <text
              key={id}
              className={classes.label}
              data-wrong={wrong !== 'no' || undefined}
              x={spot.x}
              y={spot.y - (wrong === 'cause' ? 14 : 8)}
              textAnchor="middle"
            >
              {label}
            </text>
          );
        })}
      </svg>
    </ViewportPortal>
  );
}
