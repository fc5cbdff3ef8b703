import type { CSSProperties, ReactNode } from 'react';
import classes from './tile.module.css';

/** What a node makes decides its colour. */
export type TileColor = 'data' | 'layer' | 'op' | 'loss' | 'step' | 'number' | 'metric';

/** The coloured square of a node's header: filled where the node learns (or is a source or loss), outlined where not. */
export function Tile(props: { color: TileColor; solid?: boolean; size?: number; children: ReactNode }) {
  const { color, solid = false, size = 20, children } = props;
  const style: CSSProperties = { width: size, height: size };
  return (
    <span
      className={solid ? `${classes.tile} ${classes.solid}` : classes.tile}
      style={{ ...style, ['--k' as string]: `var(--nl-${color})` }}
    >
      {children}
    </span>
  );
}
