import { randomId } from '@/lib/base/ids';
import type { Command } from '@/lib/graph/command';
import type { Edge, Graph, NodeId } from '@/lib/graph/document';
import { canConnect } from '@/lib/graph/port-type';
import { isEnd } from '../model/ends-view';
import { changeEntry } from '../model/frames';
import type { Editor } from '../state/editor-context';
import { portFace } from './connect-ports';
import { batch, dispatch, graphAt } from './graph-at';
import { offerUndo } from './offer-undo';

/** Removes what is selected. `heal`: what came into a removed node goes on to where its output went. */
export function removeSelection(editor: Editor, heal = false): void {
  const { graph, nodes, edges } = editor.ui.getState();
  const there = graphAt(editor);
  const gone = new Set(nodes.filter((id) => there.nodes[id]));
  const entries = new Set(nodes.filter((id) => !there.nodes[id] && !isEnd(id)));
  const commands: Command[] = heal ? healed(editor, there, gone) : [];
  for (const id of edges) {
    const edge = there.edges[id];
    // A removed node takes its wires along.
    if (edge && !gone.has(edge.from[0]) && !gone.has(edge.to[0])) commands.push({ do: 'remove-edge', graph, id });
  }
  for (const id of gone) commands.push({ do: 'remove-node', graph, id });
  if (entries.size) commands.push(withoutEntries(editor, entries));
  if (!commands.length || !dispatch(editor, batch('Delete', commands), 'Delete')) return;
  editor.ui.getState().select([]);
  const text = says(there, gone, entries.size);
  if (text) offerUndo(editor, text);
}

function says(graph: Graph, gone: ReadonlySet<NodeId>, entries: number): string {
  const [only] = gone;
  if (gone.size === 1 && only !== undefined) return `Deleted ${graph.nodes[only]?.name || 'a node'}.`;
  if (gone.size > 1) return `Deleted ${gone.size} nodes.`;
  return entries ? `Deleted ${entries === 1 ? 'a frame or note' : `${entries} frames and notes`}.` : '';
}

function withoutEntries(editor: Editor, ids: ReadonlySet<string>): Command {
  const { document } = editor.documents.getState();
  let { frames, notes } = document;
  for (const id of ids) {
    frames = changeEntry(frames, id, null);
    notes = changeEntry(notes, id, null);
  }
  return { do: 'set-document', set: { frames, notes } };
}

/** Wires over the gap: from what fed a removed node (through others that go as well) to what it fed. */
function healed(editor: Editor, graph: Graph, gone: ReadonlySet<NodeId>): Command[] {
  const edges = Object.values(graph.edges);
  const feeding = (id: NodeId): Edge['from'] | null => {
    const view = editor.views.getState().nodes[id];
    const main = view?.ports.find((port) => port.side === 'in' && port.place === 'header')?.id;
    const into =
      edges.find(({ to }) => to[0] === id && to[1] === (main ?? 'x')) ??
      edges.find(({ to, from }) => to[0] === id && from[1] !== 'weights' && !to[1].startsWith('param:'));
    if (!into) return null;
    return gone.has(into.from[0]) ? feeding(into.from[0]) : into.from;
  };
  const commands: Command[] = [];
  for (const edge of edges) {
    if (!gone.has(edge.from[0]) || gone.has(edge.to[0]) || edge.from[1] === 'weights') continue;
    const from = feeding(edge.from[0]);
    const type = from && portFace(editor, from[0], from[1], 'out')?.type;
    const target = portFace(editor, edge.to[0], edge.to[1], 'in')?.type;
    if (!from || !type || !target || !canConnect(type, target)) continue;
    const { via: _, ...rest } = edge;
    const { graph: graphId } = editor.ui.getState();
    commands.push({ do: 'add-edge', graph: graphId, id: randomId('e'), edge: { ...rest, from } });
  }
  return commands;
}
