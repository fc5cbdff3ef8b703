'use client';
import { ViewportPortal } from '@xyflow/react';
import { useUi } from '../state/editor-context';
import classes from './wire-edge.module.css';

/** Lines that show with what a dragged node is level. */
export function GuideLines() {
  const guides = useUi((state) => state.guides);
  if (!guides.length) return null;
  return (
    <ViewportPortal>
      <svg className={classes.guides} aria-hidden="true">
        {guides.map(({ axis, at, from, to }) =>
          axis === 'x' ? (
            <line key={`x${at}`} x1={at} x2={at} y1={from - 16} y2={to + 16} />
          ) : (
            <line key={`y${at}`} y1={at} y2={at} x1={from - 16} x2={to + 16} />
          ),
        )}
      </svg>
    </ViewportPortal>
  );
}
