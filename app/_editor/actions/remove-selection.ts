import { randomId } from '@/lib/base/ids';
import type { Command } from '@/lib/graph/command';
import type { Graph, NodeId } from '@/lib/graph/document';
import { canConnect } from '@/lib/graph/port-type';
import { changeEntry } from '../model/frames';
import type { Editor } from '../state/editor-context';
import { portFace } from './connect-ports';
import { batch, dispatch, graphAt } from './graph-at';

/** Removes what is selected. `heal`: what came into a removed node goes on to where its output went. */
export function removeSelection(editor: Editor, heal = false): void {
  const { graph, nodes, edges } = editor.ui.getState();
  const there = graphAt(editor);
  const frames = new Set(nodes.filter((id) => !there.nodes[id]));
  const commands: Command[] = heal ? nodes.flatMap((id) => healed(editor, id)) : [];
  for (const id of edges) if (there.edges[id]) commands.push({ do: 'remove-edge', graph, id });
  for (const id of nodes) if (there.nodes[id]) commands.push({ do: 'remove-node', graph, id });
  if (frames.size) commands.push(withoutEntries(editor, frames));
  if (!commands.length) return;
  const alive = commands.filter((command, index) => !removedEarlier(commands, index, command, there));
  dispatch(editor, batch('Delete', alive), 'Delete');
  editor.ui.getState().select([]);
}

/** An edge that a removed node takes along need not be removed by itself after it. */
function removedEarlier(commands: readonly Command[], index: number, command: Command, graph: Graph): boolean {
  if (command.do !== 'remove-edge') return false;
  const edge = graph.edges[command.id];
  return commands
    .slice(0, index)
    .some((other) => other.do === 'remove-node' && (other.id === edge?.from[0] || other.id === edge?.to[0]));
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

function healed(editor: Editor, id: NodeId): Command[] {
  const { graph } = editor.ui.getState();
  const edges = Object.values(graphAt(editor).edges);
  const view = editor.views.getState().nodes[id];
  const input = view?.ports.find((port) => port.side === 'in' && port.place === 'header');
  const into = edges.find((edge) => edge.to[0] === id && edge.to[1] === (input?.id ?? 'x'));
  if (!into) return [];
  const out = edges.filter((edge) => edge.from[0] === id && edge.from[1] !== 'weights');
  const type = portFace(editor, into.from[0], into.from[1], 'out')?.type;
  return out.flatMap((edge) => {
    const target = portFace(editor, edge.to[0], edge.to[1], 'in')?.type;
    if (!type || !target || !canConnect(type, target)) return [];
    return [{ do: 'add-edge', graph, id: randomId('e'), edge: { ...edge, from: into.from } }];
  });
}
