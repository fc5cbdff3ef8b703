'use client';
import { BaseEdge } from '@xyflow/react';
import { measureText } from '../model/measure-text';
import type { NodeView, Side } from '../model/node-view';
import type { Rect } from '../model/rect';
import type { Point } from '../model/route-wire';
import type { WireView } from '../model/view-wires';
import { weightLink } from '../model/weight-link';
import { useView } from '../state/editor-context';
import classes from './wire-edge.module.css';

const WORDS = 'one set of weights';
const HEIGHT = 20;
const ICON = 12;

/**
 * Between nodes that share their weights: a double dashed line that says so, beside the wires that carry values. `from`
 * and `to` are the ports, as the pointer has them while a node is dragged.
 */
export function WeightLinkEdge({
  wire,
  from,
  to,
  selected,
}: {
  wire: WireView;
  from: Point;
  to: Point;
  selected: boolean;
}) {
  const source = useView((state) => state.nodes[wire.source]);
  const target = useView((state) => state.nodes[wire.target]);
  if (!source || !target) return null;
  const { points, middle, room } = weightLink(
    boxAt(source, wire.sourceHandle, 'out', from),
    boxAt(target, wire.targetHandle, 'in', to),
  );
  const path = points.map(({ x, y }, index) => `${index ? 'L' : 'M'}${x} ${y}`).join('');
  const color = wire.wrong !== 'no' ? 'var(--nl-error)' : selected ? 'var(--nl-accent)' : 'var(--nl-text-3)';
  const words = room > HEIGHT * 2;
  const width = words ? Math.ceil(measureText(WORDS, 'body')) + ICON + 24 : HEIGHT;
  return (
    <g className={classes.wire} data-weight-link={wire.id}>
      <BaseEdge
        id={wire.id}
        path={path}
        interactionWidth={16}
        style={{ stroke: color, strokeWidth: 6, strokeDasharray: '3 3' }}
      />
      <path d={path} fill="none" stroke="var(--nl-canvas)" strokeWidth="3" pointerEvents="none" />
      <g transform={`translate(${middle.x - width / 2} ${middle.y - HEIGHT / 2})`} pointerEvents="none">
        <rect width={width} height={HEIGHT} rx={HEIGHT / 2} fill="var(--nl-node)" stroke={color} />
        <path
          transform={`translate(${words ? 8 : 4} 4) scale(.5)`}
          d="M9 15l6-6M11 6l.5-.5a5 5 0 0 1 7 7L18 13M13 18l-.4.5a5 5 0 0 1-7-7L6 11"
          fill="none"
          stroke={color}
          strokeWidth="2.5"
          strokeLinecap="round"
        />
        {words && (
          <text className={classes.shared} x={ICON + 13} y={HEIGHT / 2 + 4}>
            {WORDS}
          </text>
        )}
      </g>
      <title>{wire.title}</title>
    </g>
  );
}

/** Where a node stands by where one of its ports is. */
function boxAt(view: NodeView, handle: string, side: Side, { x, y }: Point): Rect {
  const port = view.ports.find((candidate) => candidate.side === side && candidate.handle === handle);
  return { x: x - (port?.x ?? 0), y: y - (port?.y ?? 0), width: view.width, height: view.height };
}
