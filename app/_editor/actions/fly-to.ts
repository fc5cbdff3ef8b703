import type { ReactFlowInstance } from '@xyflow/react';
import type { GraphId, NodeId } from '@/lib/graph/document';
import type { Editor } from '../state/editor-context';
import { flight } from './action';
import { openGraph } from './walk-blocks';

/** Selects nodes of any graph and brings them to the middle of the canvas, at a zoom at which they can be read. */
export function flyTo(editor: Editor, flow: ReactFlowInstance, graph: GraphId, nodes: readonly NodeId[]): void {
  const { ui } = editor;
  const here = ui.getState().graph === graph;
  if (!here) openGraph(editor, graph);
  ui.getState().set({ nodes, edges: [], goal: here ? null : nodes });
  if (here) center(editor, flow, nodes, flight());
}

/** Milliseconds: how long it takes. */
export function center(editor: Editor, flow: ReactFlowInstance, nodes: readonly NodeId[], duration: number): void {
  const { nodes: views, places } = editor.views.getState();
  const boxes = nodes.flatMap((id) => {
    const [view, place] = [views[id], places[id]];
    return view && place
      ? [{ x: place.x, y: place.y, right: place.x + view.width, bottom: place.y + view.height }]
      : [];
  });
  if (!boxes.length) return;
  const [left, right] = [Math.min(...boxes.map(({ x }) => x)), Math.max(...boxes.map((box) => box.right))];
  const [top, bottom] = [Math.min(...boxes.map(({ y }) => y)), Math.max(...boxes.map((box) => box.bottom))];
  const zoom = Math.min(1, Math.max(0.75, flow.getZoom()));
  void flow.setCenter((left + right) / 2, (top + bottom) / 2, { zoom, duration });
}
