import type { Command } from '@/lib/graph/command';
import type { NodeId, NodeLayout } from '@/lib/graph/document';
import { GRID } from '../model/place-node';
import type { Editor } from '../state/editor-context';
import { bendWires } from './bend-wires';
import { batch, dispatch, graphAt, layoutAt } from './graph-at';

/** New places of nodes, as one step. `more`: commands that belong to it. */
export function moveNodes(
  editor: Editor,
  places: Readonly<Record<NodeId, { x: number; y: number }>>,
  title = 'Move',
  more: readonly Command[] = [],
): void {
  const { graph, layout } = layoutAt(editor);
  const set: Record<NodeId, NodeLayout> = {};
  for (const [id, { x, y }] of Object.entries(places)) {
    const before = layout[id];
    if (!before || before.x !== x || before.y !== y) set[id] = { ...before, x, y };
  }
  const commands: Command[] = [...more];
  if (Object.keys(set).length) commands.push({ do: 'set-layout', graph, set });
  dispatch(editor, batch(title, commands), title);
}

/** Moves what is selected by steps of the grid; of a wire alone, its dots. */
export function nudge(editor: Editor, dx: number, dy: number): void {
  const { layout } = layoutAt(editor);
  const { nodes, edges } = editor.ui.getState();
  const places: Record<NodeId, { x: number; y: number }> = {};
  for (const id of nodes) {
    const place = layout[id];
    if (place) places[id] = { x: place.x + dx * GRID, y: place.y + dy * GRID };
  }
  if (nodes.length) {
    moveNodes(editor, places);
    return;
  }
  const there = graphAt(editor).edges;
  const bends = Object.fromEntries(
    edges.flatMap((id) => {
      const via = there[id]?.via;
      return via ? [[id, via.map(([x, y]): [number, number] => [x + dx * GRID, y + dy * GRID])]] : [];
    }),
  );
  bendWires(editor, bends, 'Move');
}
