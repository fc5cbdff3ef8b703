'use client';
import { type ConnectionLineComponentProps, Position } from '@xyflow/react';
import { formatSpec } from '../model/format';
import { useUi } from '../state/editor-context';
import { PortGlyph, portColor } from './port-glyph';
import classes from './wire-edge.module.css';

/** The wire that follows the pointer, with what it carries. */
export function ConnectionLine({
  fromX,
  fromY,
  toX,
  toY,
  fromPosition,
  connectionStatus,
}: ConnectionLineComponentProps) {
  const wire = useUi((state) => state.wire);
  if (!wire) return null;
  const out = fromPosition === Position.Right;
  const x = out ? fromX - 12 : fromX + 12;
  const bend = Math.max(40, Math.abs(toX - x) / 2) * (out ? 1 : -1);
  const color = portColor(wire.type);
  const label = wire.type === 'tensor' && wire.spec ? formatSpec(wire.spec) : '';
  return (
    <g>
      <path
        d={`M${x} ${fromY}C${x + bend} ${fromY} ${toX - bend} ${toY} ${toX} ${toY}`}
        fill="none"
        stroke={color}
        strokeWidth="2"
        strokeLinecap="round"
        opacity="0.85"
      />
      <g transform={`translate(${toX - 12} ${toY - 12})`}>
        <PortGlyph type={wire.type} look={connectionStatus === 'valid' ? 'fits' : 'wired'} />
      </g>
      {label && (
        <text
          className={classes.label}
          x={(x + toX) / 2 + 24}
          y={Math.min(fromY, toY) + Math.abs(toY - fromY) / 3 - 12}
          textAnchor="middle"
        >
          {label}
        </text>
      )}
    </g>
  );
}
