'use client';
import { BaseEdge, type EdgeProps, useReactFlow } from '@xyflow/react';
import { memo, type PointerEvent, useState } from 'react';
import type { PortType } from '@/lib/graph/port-type';
import { bendWires } from '../actions/bend-wires';
import type { Point } from '../model/route-wire';
import type { WireView } from '../model/view-wires';
import { shapeWire } from '../model/wire-shape';
import { useEditor, useUi, useView } from '../state/editor-context';
import { PORT } from './flow-nodes';
import { portColor } from './port-glyph';
import { WeightLinkEdge } from './weight-link-edge';
import classes from './wire-edge.module.css';

const DASHES: Partial<Record<PortType, string>> = { number: '5 4', metric: '1 5', weights: '1 4' };

/** How far a handle reaches beyond the node's edge: React Flow measures from its outer side. */
const REACH = PORT / 2;

/** A wire: casing, colour of what it carries, a mark where a problem begins. */
export const WireEdge = memo(function WireEdge({ id, sourceX, sourceY, targetX, targetY, selected }: EdgeProps) {
  const wire = useView((state) => state.wires[id]);
  const drop = useUi((state) => state.dropEdge === id);
  const related = useUi(
    (state) => wire?.type === 'weights' && (state.nodes.includes(wire.source) || state.nodes.includes(wire.target)),
  );
  const shares = useView((state) => wire?.type === 'weights' && state.nodes[wire.target]?.shares === true);
  const [moved, setMoved] = useState<{ dot: number; at: Point } | null>(null);
  if (!wire || (wire.type === 'weights' && !shares && !related && !selected)) return null;
  const from = { x: sourceX - REACH, y: sourceY };
  const to = { x: targetX + REACH, y: targetY };
  if (shares) return <WeightLinkEdge wire={wire} from={from} to={to} selected={selected === true} />;
  const { path, label, dots } = shapeWire(wire, from, to, moved ?? undefined);
  const color = wire.wrong === 'no' ? portColor(wire.type) : 'var(--nl-error)';
  const width = wire.wrong === 'cause' || drop ? 3.5 : wire.type === 'number' ? 1.75 : 2;
  return (
    <g className={classes.wire}>
      <path d={path} fill="none" stroke="var(--nl-canvas)" strokeWidth={width + 4} />
      {(selected || drop) && (
        <path d={path} fill="none" stroke="var(--nl-accent)" strokeWidth="7" opacity=".45" strokeLinecap="round" />
      )}
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={16}
        style={{
          stroke: color,
          strokeWidth: width,
          strokeLinecap: 'round',
          opacity: 0.85,
          ...(DASHES[wire.type] ? { strokeDasharray: DASHES[wire.type] } : {}),
        }}
      />
      {wire.wrong === 'cause' && label && (
        <g transform={`translate(${label.x} ${label.y})`}>
          <circle r="9" fill="var(--nl-error)" />
          <path d="M0-4.5V1M0 4v.2" stroke="var(--nl-on-type)" strokeWidth="2.2" strokeLinecap="round" />
        </g>
      )}
      {dots.map((dot, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a dot is its place in the list
        <Dot key={index} wire={wire} index={index} at={dot} color={color} onMove={setMoved} />
      ))}
      <title>{wire.carries ? `${wire.title}, ${wire.carries}` : wire.title}</title>
    </g>
  );
});

const SNAP = 8;

/** A dot that leads the wire: it is dragged, and goes with a double click. */
function Dot(props: {
  wire: WireView;
  index: number;
  at: Point;
  color: string;
  onMove(moved: { dot: number; at: Point } | null): void;
}) {
  const { wire, index, at, color, onMove } = props;
  const editor = useEditor();
  const flow = useReactFlow();
  const place = (event: PointerEvent): Point => {
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    return { x: Math.round(x / SNAP) * SNAP, y: Math.round(y / SNAP) * SNAP };
  };
  const onPointerDown = (event: PointerEvent<SVGCircleElement>) => {
    if (event.button !== 0 || !editor.services.canEdit) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    editor.ui.getState().select([], [wire.id]);
  };
  const onPointerMove = (event: PointerEvent<SVGCircleElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove({ dot: index, at: place(event) });
  };
  const onPointerUp = (event: PointerEvent<SVGCircleElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const next = place(event);
    onMove(null);
    const via = wire.via.map(([x, y], dot): [number, number] => (dot === index ? [next.x, next.y] : [x, y]));
    if (next.x !== wire.via[index]?.[0] || next.y !== wire.via[index]?.[1])
      bendWires(editor, { [wire.id]: via }, 'Move a dot');
  };
  const onDoubleClick = (event: { stopPropagation(): void }) => {
    event.stopPropagation();
    const via = wire.via.flatMap(([x, y], dot): [number, number][] => (dot === index ? [] : [[x, y]]));
    bendWires(editor, { [wire.id]: via }, 'Remove a dot');
  };
  return (
    <>
      <circle cx={at.x} cy={at.y} r="4" fill={color} stroke="var(--nl-canvas)" strokeWidth="2" />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: with the keyboard, Ctrl and arrows move the dots of a wire */}
      <circle
        className={`${classes.dot} nodrag nopan`}
        cx={at.x}
        cy={at.y}
        r="11"
        fill="transparent"
        data-dot={`${wire.id}:${index}`}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => onMove(null)}
        onDoubleClick={onDoubleClick}
      />
    </>
  );
}
