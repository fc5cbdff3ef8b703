import type { BlockId, GraphId, NodeId } from '@/lib/graph/document';
import { type Step, wayInto } from '../model/path-in';
import type { Editor } from '../state/editor-context';

/** Going into blocks and out of them again. */

function open(editor: Editor, graph: GraphId, way: readonly Step[], nodes: readonly NodeId[] = []): void {
  editor.ui.getState().set({ graph, way, nodes, edges: [], search: null, menu: null, problem: null, mode: 'build' });
}

/** The block that a node uses, where there is one. */
export function blockOf(editor: Editor, node: NodeId): BlockId | null {
  const block = editor.views.getState().nodes[node]?.params.block;
  return typeof block === 'string' && editor.documents.getState().document.blocks[block] ? block : null;
}

/** Opens the block that a node uses. False where it uses none. */
export function enterBlock(editor: Editor, node: NodeId): boolean {
  const block = blockOf(editor, node);
  if (!block) return false;
  const { graph, way } = editor.ui.getState();
  open(editor, block, [...way, { graph, node }]);
  return true;
}

/** Opens a block by the way of its first use. */
export const openBlock = (editor: Editor, block: BlockId): void =>
  open(editor, block, wayInto(editor.documents.getState().document, block));

/** Opens a graph at which a problem or a find points. */
export function openGraph(editor: Editor, graph: GraphId): void {
  if (graph === editor.ui.getState().graph) return;
  if (graph === 'main') open(editor, 'main', []);
  else openBlock(editor, graph);
}

/** Goes back out, by one block or to the one at `depth`; what was entered is selected. */
export function leaveBlock(editor: Editor, depth?: number): void {
  const { graph, way } = editor.ui.getState();
  if (graph === 'main') return;
  const to = depth ?? Math.max(0, way.length - 1);
  const step = way[to];
  if (step) open(editor, step.graph, way.slice(0, to), [step.node]);
  else open(editor, 'main', []);
}
