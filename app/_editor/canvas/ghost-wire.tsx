'use client';
import { ViewportPortal } from '@xyflow/react';
import { formatSpec } from '../model/format';
import { useUi, useView } from '../state/editor-context';
import { PortGlyph, portColor } from './port-glyph';
import classes from './wire-edge.module.css';

/** The wire that was dropped on empty canvas, while the search decides where it goes. */
export function GhostWire() {
  const search = useUi((state) => state.search);
  const wire = search?.wire;
  const view = useView((state) => (wire ? state.nodes[wire.node] : undefined));
  const place = useView((state) => (wire ? state.places[wire.node] : undefined));
  const port = view?.ports.find((candidate) => candidate.id === wire?.port && candidate.side === wire.side);
  if (!search || !wire || !place || !port) return null;
  const [x, y] = [place.x + port.x, place.y + port.y];
  const to = search.place;
  const bend = Math.max(40, Math.abs(to.x - x) / 2) * (wire.side === 'out' ? 1 : -1);
  const label = wire.type === 'tensor' && wire.spec ? formatSpec(wire.spec) : '';
  return (
    <ViewportPortal>
      <svg className={classes.ghost} aria-hidden="true">
        <path
          d={`M${x} ${y}C${x + bend} ${y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`}
          fill="none"
          stroke={portColor(wire.type)}
          strokeWidth="2"
          strokeLinecap="round"
          opacity="0.85"
        />
        <g transform={`translate(${to.x - 12} ${to.y - 12})`}>
          <PortGlyph type={wire.type} look="wired" />
        </g>
        {label && (
          <text
            className={classes.label}
            x={(x + to.x) / 2 + 24}
            y={Math.min(y, to.y) + Math.abs(to.y - y) / 3 - 12}
            textAnchor="middle"
          >
            {label}
          </text>
        )}
      </svg>
    </ViewportPortal>
  );
}
