import type { Command } from '@/lib/graph/command';
import type { Edge, EdgeId } from '@/lib/graph/document';
import type { Editor } from '../state/editor-context';
import { batch, dispatch, graphAt } from './graph-at';

type Via = NonNullable<Edge['via']>;

/** Leads wires through points; an empty list lets the editor lead them again. */
export function bendWires(editor: Editor, via: Readonly<Record<EdgeId, Via>>, title: string): void {
  const { graph } = editor.ui.getState();
  const commands = Object.entries(via).map(
    ([id, points]): Command => ({ do: 'set-edge', graph, id, set: { via: points.length ? points : null } }),
  );
  dispatch(editor, batch(title, commands), title);
}

/** Takes all dots off the selected wires. */
export function straightenWires(editor: Editor): void {
  const there = graphAt(editor).edges;
  const bent = editor.ui.getState().edges.filter((id) => there[id]?.via);
  bendWires(editor, Object.fromEntries(bent.map((id) => [id, []])), 'Straighten');
}

/** Puts a dot on a wire where it was clicked: between the dots that lie before and after it along the wire. */
export function addDot(editor: Editor, id: EdgeId, at: { x: number; y: number }, after: number): void {
  const via = graphAt(editor).edges[id]?.via ?? [];
  const dot: [number, number] = [Math.round(at.x), Math.round(at.y)];
  bendWires(editor, { [id]: [...via.slice(0, after), dot, ...via.slice(after)] }, 'Add a dot');
}
