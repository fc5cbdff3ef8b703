'use client';
import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import type { PortType } from '@/lib/graph/port-type';
import { roundedPath, routeLoose } from '../model/route-wire';
import type { WireView } from '../model/view-wires';
import { useUi, useView } from '../state/editor-context';
import { portColor } from './port-glyph';

const DASHES: Partial<Record<PortType, string>> = { number: '5 4', metric: '1 5', weights: '1 4' };

/** How far a handle reaches beyond the node's edge: React Flow measures from its outer side. */
const REACH = 12;

/** A wire: casing, colour of what it carries, a mark where a problem begins. */
export const WireEdge = memo(function WireEdge({ id, sourceX, sourceY, targetX, targetY, selected }: EdgeProps) {
  const wire = useView((state) => state.wires[id]);
  const drop = useUi((state) => state.dropEdge === id);
  const related = useUi(
    (state) => wire?.type === 'weights' && (state.nodes.includes(wire.source) || state.nodes.includes(wire.target)),
  );
  if (!wire || (wire.type === 'weights' && !related && !selected)) return null;
  const from = { x: sourceX - REACH, y: sourceY };
  const to = { x: targetX + REACH, y: targetY };
  const { path, label, junction } = draw(wire, from, to);
  const color = wire.wrong === 'no' ? portColor(wire.type) : 'var(--nl-error)';
  const width = wire.wrong === 'cause' || drop ? 3.5 : wire.type === 'number' ? 1.75 : 2;
  return (
    <>
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
      {junction && (
        <circle cx={junction.x} cy={junction.y} r="4" fill="var(--nl-canvas)" stroke={color} strokeWidth="2" />
      )}
      {wire.wrong === 'cause' && label && (
        <g transform={`translate(${label.x} ${label.y})`}>
          <circle r="9" fill="var(--nl-error)" />
          <path d="M0-4.5V1M0 4v.2" stroke="var(--nl-on-type)" strokeWidth="2.2" strokeLinecap="round" />
        </g>
      )}
      <title>{wire.label ? `${wire.title}, ${wire.label}` : wire.title}</title>
    </>
  );
});

/** The stored route while both ends stand where it was made for, else a loose one; curves for the short wires of learning. */
function draw(wire: WireView, from: { x: number; y: number }, to: { x: number; y: number }) {
  const first = wire.route?.points[0];
  const last = wire.route?.points.at(-1);
  const fresh = first && last && near(first, from) && near(last, to);
  const route = fresh && wire.route ? wire.route : routeLoose(from, to);
  const curved =
    (wire.type === 'number' || wire.type === 'step') &&
    to.x - from.x > 40 &&
    to.x - from.x < 320 &&
    route.points.length <= 4;
  if (curved && from.y !== to.y) {
    const bend = (to.x - from.x) / 2;
    return {
      path: `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`,
      label: null,
      junction: null,
    };
  }
  return { path: roundedPath(route.points), label: route.label, junction: fresh ? route.junction : null };
}

const near = (a: { x: number; y: number }, b: { x: number; y: number }) =>
  Math.abs(a.x - b.x) < 2 && Math.abs(a.y - b.y) < 2;
