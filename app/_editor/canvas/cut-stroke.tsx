'use client';
import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef, useState } from 'react';
import { cutWires } from '../actions/cut-wires';
import type { Point } from '../model/route-wire';
import { useEditor, useUi } from '../state/editor-context';
import classes from './canvas.module.css';

/** A stroke over wires cuts them: with Ctrl and the right button, or with any button while the knife is out. */
export function CutStroke() {
  const editor = useEditor();
  const flow = useReactFlow();
  const cutting = useUi((state) => state.cutting);
  const [stroke, setStroke] = useState<readonly Point[] | null>(null);
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const canvas = layer.current?.closest<HTMLElement>('[data-canvas]');
    if (!canvas || !editor.services.canEdit) return;
    let points: Point[] | null = null;
    let quiet = false;
    const begin = (event: PointerEvent) => {
      quiet = event.button === 2 && event.ctrlKey;
      if (!quiet && !editor.ui.getState().cutting) return;
      event.preventDefault();
      event.stopPropagation();
      canvas.setPointerCapture(event.pointerId);
      points = [{ x: event.clientX, y: event.clientY }];
    };
    const go = (event: PointerEvent) => {
      if (!points) return;
      event.stopPropagation();
      points = [...points, { x: event.clientX, y: event.clientY }];
      setStroke(points);
    };
    const end = () => {
      if (!points) return;
      const line = points.map((point) => flow.screenToFlowPosition(point, { snapToGrid: false }));
      points = null;
      setStroke(null);
      editor.ui.getState().set({ cutting: false });
      cutWires(editor, line);
    };
    // Some systems open the menu when the button goes down, some when it comes up: not for a stroke.
    const menu = (event: MouseEvent) => {
      if (!quiet) return;
      event.preventDefault();
      event.stopPropagation();
    };
    canvas.addEventListener('pointerdown', begin, true);
    canvas.addEventListener('pointermove', go, true);
    canvas.addEventListener('pointerup', end, true);
    canvas.addEventListener('pointercancel', end, true);
    canvas.addEventListener('contextmenu', menu, true);
    return () => {
      canvas.removeEventListener('pointerdown', begin, true);
      canvas.removeEventListener('pointermove', go, true);
      canvas.removeEventListener('pointerup', end, true);
      canvas.removeEventListener('pointercancel', end, true);
      canvas.removeEventListener('contextmenu', menu, true);
    };
  }, [editor, flow]);
  const box = stroke && layer.current?.getBoundingClientRect();
  return (
    <div ref={layer} className={classes.knife} data-out={cutting || undefined}>
      {cutting && <p>Drag over wires to cut them. Esc puts the knife away.</p>}
      {stroke && box && (
        <svg aria-hidden="true">
          <polyline points={stroke.map(({ x, y }) => `${x - box.left},${y - box.top}`).join(' ')} />
        </svg>
      )}
    </div>
  );
}
