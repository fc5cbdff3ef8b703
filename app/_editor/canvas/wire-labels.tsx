'use client';
import { ViewportPortal } from '@xyflow/react';
import { measureText } from '../model/measure-text';
import type { WireView } from '../model/view-wires';
import { shapeWire } from '../model/wire-shape';
import { useUi, useView } from '../state/editor-context';
import { portColor } from './port-glyph';
import classes from './wire-edge.module.css';

/** Shapes in small print above the wires, and where they part: over all of them, so that no wire strikes one out. */
export function WireLabels() {
  const wires = useView((state) => state.wires);
  const level = useUi((state) => state.level);
  const dragged = useUi((state) => state.dragged);
  if (level !== 'full') return null;
  const isDragged = ({ source, target }: WireView) => dragged.includes(source) || dragged.includes(target);
  return (
    <ViewportPortal>
      <svg className={classes.ghost} aria-hidden="true">
        {Object.values(wires).map((wire) => {
          const [from, to] = [wire.route?.points[0], wire.route?.points.at(-1)];
          if (!wire.route?.junction || !from || !to || isDragged(wire)) return null;
          const { junction } = shapeWire(wire, from, to);
          return (
            junction && (
              <circle
                key={wire.id}
                cx={junction.x}
                cy={junction.y}
                r="4"
                fill="var(--nl-canvas)"
                stroke={wire.wrong === 'no' ? portColor(wire.type) : 'var(--nl-error)'}
                strokeWidth="2"
              />
            )
          );
        })}
        {Object.values(wires).map((wire) => {
          const { id, label, route, wrong } = wire;
          const spot = route?.label;
          if (!label || !spot || spot.room <= measureText(label, 'mono') + 4) return null;
          if (isDragged(wire)) return null;
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
