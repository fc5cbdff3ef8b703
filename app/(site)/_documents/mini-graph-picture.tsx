import { IconFileText } from '@tabler/icons-react';
import type { MiniNode } from '../_gallery/mini-graph';
import classes from './documents.module.css';

/** 40 × 28 beside a document's title: its gallery graph in bars, or a sheet where it has none. */
export function MiniGraphPicture({ nodes }: { nodes: MiniNode[] | undefined }) {
  if (!nodes || nodes.length === 0)
    return (
      <span className={classes.mini}>
        <IconFileText size={16} stroke={1.75} color="var(--nl-text-3)" />
      </span>
    );
  return (
    <svg width="40" height="28" className={classes.mini} aria-hidden="true">
      {nodes.map(({ x, y, color }) => (
        <rect key={`${x} ${y}`} x={x} y={y} width="8" height="4" rx="1" fill={`var(--nl-${color})`} />
      ))}
    </svg>
  );
}
