import { getViewportForBounds, useReactFlow, useStoreApi, type Viewport } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { center } from '../actions/fly-to';
import { framesOf, notesOf } from '../model/frames';
import { around, type Rect } from '../model/rect';
import { type Editor, useEditor, useUi } from '../state/editor-context';

const PADDING = { top: '48px', left: '56px', right: '40px', bottom: '56px' } as const;
const [LEAST, MOST] = [0.4, 1];
const NOTE_HEIGHT = 72;

/**
 * Shows the whole graph when it is opened; a graph that one comes back to is as one left it. What is built on an empty
 * canvas stays put.
 */
export function useFit(): void {
  const editor = useEditor();
  const flow = useReactFlow();
  const store = useStoreApi();
  const graph = useUi((state) => state.graph);
  const fits = useUi((state) => state.fits);
  const left = useRef(new Map<string, Viewport>());
  const shown = useRef<{ graph: string; fits: number } | null>(null);
  useEffect(() => {
    const before = shown.current;
    if (before?.graph === graph && before.fits === fits) return;
    if (before && before.graph !== graph) left.current.set(before.graph, flow.getViewport());
    const back = before?.fits === fits ? left.current.get(graph) : undefined;
    const show = () => {
      shown.current = { graph, fits };
      const { goal, set } = editor.ui.getState();
      if (goal) {
        set({ goal: null });
        center(editor, flow, goal, 0);
        return;
      }
      const { width, height } = store.getState();
      const bounds = boundsOf(editor);
      const viewport = back ?? (bounds && getViewportForBounds(bounds, width, height, LEAST, MOST, PADDING));
      if (viewport) void flow.setViewport(viewport);
    };
    // On the first page load the canvas has no size yet.
    if (store.getState().width > 0) show();
    else {
      const stop = store.subscribe(({ width }) => {
        if (width === 0) return;
        stop();
        show();
      });
      return stop;
    }
  }, [editor, flow, store, graph, fits]);
}

/** Around all nodes, frames and notes; null where there is nothing. */
function boundsOf(editor: Editor): Rect | null {
  const { nodes, places } = editor.views.getState();
  const { document } = editor.documents.getState();
  const { graph } = editor.ui.getState();
  const boxes: Rect[] = [
    ...Object.values(nodes).map(({ id, width, height }) => ({ x: 0, y: 0, ...places[id], width, height })),
    ...framesOf(document.frames, graph).map(({ x, y, w, h }) => ({ x, y, width: w, height: h })),
    ...notesOf(document.notes, graph).map(({ x, y, w }) => ({ x, y, width: w, height: NOTE_HEIGHT })),
  ];
  return around(boxes);
}
