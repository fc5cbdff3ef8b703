import { showToast } from '@/app/_ui/toast';
import { usesOf } from '@/lib/graph/blocks/block-uses';
import { copyBlock, detachBlock } from '@/lib/graph/blocks/detach-block';
import { makeBlock } from '@/lib/graph/blocks/make-block';
import type { PortsOf } from '@/lib/graph/blocks/port-shape';
import { unpackInstance } from '@/lib/graph/blocks/unpack-block';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type BlockId, graphOf, type NodeId } from '@/lib/graph/document';
import { faces } from '@/lib/nodes/faces.generated';
import { freeTitle } from '../model/block-title';
import { framesOf, notesOf } from '../model/frames';
import { freeName } from '../model/name-node';
import { nodePorts, plainParams, scopeOf } from '../model/ports-of';
import { viewGraph } from '../model/view-graph';
import type { Editor } from '../state/editor-context';
import { dispatch, graphAt, layoutAt } from './graph-at';
import { offerUndo } from './offer-undo';
import { blockOf } from './walk-blocks';

/** What people do with blocks; each is one step of undo. */

const refuse = ({ diagnostic }: { diagnostic: Diagnostic }): void =>
  showToast({ text: diagnostic.message, tone: 'error' });

const portsIn = (editor: Editor): PortsOf => {
  const { document } = editor.documents.getState();
  const { env } = editor.views.getState();
  return (graph, id) => {
    const node = graphOf(document, graph)?.nodes[id];
    const face = node && faces[node.kind];
    return face
      ? nodePorts(node, face, plainParams(node, face, scopeOf(document, graph)), env)
      : { inputs: [], outputs: [] };
  };
};

/** `Block 1`, or the title of the frame that holds all of it. */
function titleFor(editor: Editor, nodes: readonly NodeId[]): string {
  const { document } = editor.documents.getState();
  const { layout, graph } = layoutAt(editor);
  const frame = framesOf(document.frames, graph).find(({ x, y, w, h }) =>
    nodes.every((id) => {
      const place = layout[id];
      return place && place.x >= x && place.y >= y && place.x <= x + w && place.y <= y + h;
    }),
  );
  return freeTitle(document.blocks, frame?.title || 'Block');
}

/** Puts what is selected into a block of its own. */
export function makeBlockOfSelection(editor: Editor): NodeId | null {
  const { document } = editor.documents.getState();
  const { graph, nodes } = editor.ui.getState();
  const there = graphAt(editor);
  const chosen = nodes.filter((id) => there.nodes[id]);
  const furniture = [...framesOf(document.frames, graph), ...notesOf(document.notes, graph)];
  const title = titleFor(editor, chosen);
  const made = makeBlock(document, {
    graph,
    nodes: chosen,
    title,
    name: freeName(there, title.toLowerCase().replace(/[^a-z0-9]+/g, '-')),
    portsOf: portsIn(editor),
    furniture: furniture.map(({ id }) => id).filter((id) => nodes.includes(id)),
  });
  if ('diagnostic' in made) {
    refuse(made);
    return null;
  }
  if (!dispatch(editor, made.command, 'Make block')) return null;
  if (made.between.length) {
    const names = made.between.map((id) => there.nodes[id]?.name ?? id);
    showToast({ text: `${names.join(', ')} stood between and went into the block too.` });
  }
  editor.ui.getState().select([made.instance]);
  return made.instance;
}

/** Puts what is in the selected blocks in their place. */
export function unpackSelection(editor: Editor): void {
  const unpacked: NodeId[] = [];
  for (const node of editor.ui.getState().nodes.filter((id) => blockOf(editor, id))) {
    const { document, result } = editor.documents.getState();
    const { graph } = editor.ui.getState();
    const { nodes, env } = editor.views.getState();
    const block = blockOf(editor, node) ?? '';
    const inside = viewGraph(document, block, faces, env, result, {});
    const places = document.layout[block] ?? {};
    const boxes = Object.entries(inside).flatMap(([id, view]) => {
      const place = places[id];
      return place ? [{ x: place.x, y: place.y, right: place.x + view.width, bottom: place.y + view.height }] : [];
    });
    const extent = (low: 'x' | 'y', high: 'right' | 'bottom') =>
      boxes.length ? Math.max(...boxes.map((box) => box[high])) - Math.min(...boxes.map((box) => box[low])) : 0;
    const answer = unpackInstance(document, {
      graph,
      node,
      portsOf: portsIn(editor),
      scope: scopeOf(document, graph),
      size: {
        block: { width: extent('x', 'right'), height: extent('y', 'bottom') },
        instance: { width: nodes[node]?.width ?? 160 },
      },
    });
    if ('diagnostic' in answer) refuse(answer);
    else if (dispatch(editor, answer.command, 'Unpack block')) unpacked.push(...answer.nodes);
  }
  if (unpacked.length) editor.ui.getState().select(unpacked);
}

/** Gives the selected uses of a block a block of their own. */
export function detachSelection(editor: Editor): void {
  const { document } = editor.documents.getState();
  const { graph, nodes } = editor.ui.getState();
  const block = nodes.map((id) => blockOf(editor, id)).find((id) => id !== null);
  const title = freeTitle(document.blocks, (block && document.blocks[block]?.title) || 'Block');
  const detached = detachBlock(document, graph, nodes, title);
  if (!detached || !dispatch(editor, detached.command, 'Detach block')) return;
  showToast({ text: `This is now ${title}: edits of the others do not reach it any more.`, tone: 'ok' });
}

/** Other uses of the same block in this document. */
export const otherUses = (editor: Editor, node: NodeId): number => {
  const block = blockOf(editor, node);
  return block ? usesOf(editor.documents.getState().document, block).length - 1 : 0;
};

export function duplicateBlock(editor: Editor, block: BlockId): void {
  const { document } = editor.documents.getState();
  const copied = copyBlock(document, block, freeTitle(document.blocks, document.blocks[block]?.title || 'Block'));
  if (copied) dispatch(editor, copied.command, 'Duplicate block');
}

/** Only what nothing uses can go. */
export function removeBlock(editor: Editor, block: BlockId): void {
  const { document } = editor.documents.getState();
  if (usesOf(document, block).length > 0 || !dispatch(editor, { do: 'remove-block', id: block }, 'Delete block'))
    return;
  if (editor.ui.getState().graph === block) editor.ui.getState().set({ graph: 'main', way: [], nodes: [], edges: [] });
  offerUndo(editor, `${document.blocks[block]?.title || 'The block'} is deleted.`);
}
