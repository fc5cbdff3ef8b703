import type { Command } from '@/lib/graph/command';
import { connect, edgesInto } from '@/lib/graph/connect';
import type { NodeId } from '@/lib/graph/document';
import type { NodeView } from '../model/node-view';
import type { Editor } from '../state/editor-context';
import { batch, dispatch, graphAt } from './graph-at';

const WEIGHTS = { type: 'weights' } as const;

/** Gives a node the weights of another one, or, with null, weights of its own again. */
export function shareWeights(editor: Editor, node: NodeId, source: NodeId | null): void {
  const { document } = editor.documents.getState();
  const { graph } = editor.ui.getState();
  if (source === null) {
    const commands = edgesInto(document, graph, [node, 'weights']).map(
      ([id]): Command => ({ do: 'remove-edge', graph, id }),
    );
    dispatch(editor, batch('Weights of its own', commands), 'Weights of its own');
    return;
  }
  const drawn = connect(document, {
    graph,
    from: [source, 'weights'],
    to: [node, 'weights'],
    output: WEIGHTS,
    input: WEIGHTS,
  });
  if ('command' in drawn) dispatch(editor, drawn.command, 'Share weights');
}

/** Whose weights a node has now; null where they are its own. */
export const sharedWith = (editor: Editor, node: NodeId): NodeId | null => sharing(editor).get(node) ?? null;

/** Every node that has another one's weights, with that one. */
const sharing = (editor: Editor): Map<NodeId, NodeId> =>
  new Map(
    Object.values(graphAt(editor).edges)
      .filter(({ to }) => to[1] === 'weights')
      .map(({ from, to }) => [to[0], from[0]]),
  );

/** Nodes whose weights a node could have: of the same kind or block, and not ones that have its own. */
export function sharable(editor: Editor, view: NodeView): NodeView[] {
  const sources = sharing(editor);
  const follows = (id: NodeId): boolean => {
    const seen = new Set<NodeId>();
    for (let at: NodeId | undefined = id; at && !seen.has(at); at = sources.get(at)) {
      if (at === view.id) return true;
      seen.add(at);
    }
    return false;
  };
  return Object.values(editor.views.getState().nodes).filter(
    (other) =>
      other.kind === view.kind &&
      other.params.block === view.params.block &&
      other.ports.some(({ side, id }) => side === 'out' && id === 'weights') &&
      !follows(other.id),
  );
}
