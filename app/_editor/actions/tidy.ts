import type { NodeId } from '@/lib/graph/document';
import type { Drawing, layOut } from '../model/lay-out';
import { snap } from '../model/place-node';
import type { Editor } from '../state/editor-context';
import { moveNodes } from './arrange';
import { graphAt } from './graph-at';

/** Lays the selection out anew, or all nodes; one step of undo. */
export async function tidy(editor: Editor): Promise<void> {
  const { nodes: selected } = editor.ui.getState();
  const views = editor.views.getState().nodes;
  const chosen = selected.length > 1 ? selected : Object.keys(views);
  const nodes = chosen.flatMap((id) => {
    const view = views[id];
    return view ? [{ id, width: view.width, height: view.height }] : [];
  });
  const edges = Object.values(graphAt(editor).edges).map(({ from, to }): [NodeId, NodeId] => [from[0], to[0]]);
  const corners = await layOutBeside({ nodes, edges });
  // Others may have removed some meanwhile.
  const still = editor.views.getState().nodes;
  const places = Object.entries(corners).filter(([id]) => still[id]);
  moveNodes(editor, Object.fromEntries(places.map(([id, { x, y }]) => [id, { x: snap(x), y: snap(y) }])), 'Tidy');
}

function layOutBeside(drawing: Drawing): Promise<ReturnType<typeof layOut>> {
  const worker = new Worker(new URL('./lay-out.worker.ts', import.meta.url), { type: 'module', name: 'layout' });
  return new Promise<ReturnType<typeof layOut>>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(drawing);
  }).finally(() => worker.terminate());
}
