import type { NodeId } from '@/lib/graph/document';
import { snap } from '../model/place-node';
import type { Editor } from '../state/editor-context';
import { moveNodes } from './arrange';
import { graphAt } from './graph-at';

/** Columns from left to right by what feeds what, in the nodes' own sizes. Loads the layout library when first used. */
export async function tidy(editor: Editor): Promise<void> {
  const { default: dagre } = await import('@dagrejs/dagre');
  const { nodes: selected } = editor.ui.getState();
  const views = editor.views.getState().nodes;
  const chosen = selected.length > 1 ? selected : Object.keys(views);
  const drawing = new dagre.graphlib.Graph()
    .setGraph({ rankdir: 'LR', nodesep: 40, ranksep: 64 })
    .setDefaultEdgeLabel(() => ({}));
  for (const id of chosen) {
    const view = views[id];
    if (view) drawing.setNode(id, { width: view.width, height: view.height });
  }
  for (const { from, to } of Object.values(graphAt(editor).edges)) {
    if (drawing.hasNode(from[0]) && drawing.hasNode(to[0])) drawing.setEdge(from[0], to[0]);
  }
  dagre.layout(drawing);
  const places: Record<NodeId, { x: number; y: number }> = {};
  for (const id of chosen) {
    const spot = drawing.node(id);
    const view = views[id];
    if (spot && view) places[id] = { x: snap(spot.x - view.width / 2), y: snap(spot.y - view.height / 2) };
  }
  moveNodes(editor, places, 'Tidy');
}
