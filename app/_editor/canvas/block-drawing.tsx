'use client';
import { memo } from 'react';
import { faces } from '@/lib/nodes/faces.generated';
import { useDocument } from '../state/editor-context';
import { makesColor } from './drawings';
import classes from './node-card.module.css';

const SIZE = { width: 152, height: 84 };
const PIECE = { width: 132, height: 52 };

/** What is inside a block, as small as a stamp: its nodes in their places and colours, and how they are wired. */
export const BlockDrawing = memo(function BlockDrawing({ block, width }: { block: string; width: number }) {
  const graph = useDocument((state) => state.document.blocks[block]?.graph);
  const layout = useDocument((state) => state.document.layout[block]);
  const ids = Object.keys(graph?.nodes ?? {});
  if (!graph || !ids.length) return <p className={classes.text}>Empty. Enter opens it.</p>;
  const places = ids.map((id, index) => ({ id, x: layout?.[id]?.x ?? index * 216, y: layout?.[id]?.y ?? 0 }));
  const [left, top] = [Math.min(...places.map(({ x }) => x)), Math.min(...places.map(({ y }) => y))];
  const across = Math.max(...places.map(({ x }) => x)) - left + SIZE.width;
  const down = Math.max(...places.map(({ y }) => y)) - top + SIZE.height;
  const room = { width: width - 40, height: PIECE.height };
  const scale = Math.min(room.width / across, room.height / down, 0.22);
  const [dx, dy] = [(width - across * scale) / 2, (PIECE.height + 12 - down * scale) / 2];
  const boxes = new Map(places.map(({ id, x, y }) => [id, { x: dx + (x - left) * scale, y: dy + (y - top) * scale }]));
  const [w, h] = [Math.max(5, SIZE.width * scale), Math.max(5, SIZE.height * scale)];
  return (
    <svg className={classes.inside} width={width} height={PIECE.height + 12} aria-hidden="true">
      {Object.entries(graph.edges).map(([id, { from, to }]) => {
        const [a, b] = [boxes.get(from[0]), boxes.get(to[0])];
        if (from[1] === 'weights' || (!a && !b)) return null;
        const start = a ? { x: a.x + w, y: a.y + h / 3 } : { x: 6, y: (b?.y ?? 0) + h / 3 };
        const end = b ? { x: b.x, y: b.y + h / 3 } : { x: width - 6, y: (a?.y ?? 0) + h / 3 };
        const bend = Math.max(4, Math.abs(end.x - start.x) / 2);
        return (
          <path
            key={id}
            d={`M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`}
            fill="none"
            stroke="var(--nl-tensor)"
            strokeWidth="1"
            opacity="0.6"
          />
        );
      })}
      {[...boxes].map(([id, { x, y }]) => {
        const face = faces[graph.nodes[id]?.kind ?? ''];
        const color = makesColor(face?.makes ?? 'op');
        const filled = face?.learns === true;
        return (
          <rect
            key={id}
            x={x}
            y={y}
            width={w}
            height={h}
            rx={Math.min(3, h / 3)}
            fill={filled ? color : 'var(--nl-node)'}
            stroke={color}
            strokeWidth="1"
          />
        );
      })}
    </svg>
  );
});
