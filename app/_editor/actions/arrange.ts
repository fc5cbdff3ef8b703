import { randomId } from '@/lib/base/ids';
import type { Json } from '@/lib/base/json';
import type { Command } from '@/lib/graph/command';
import type { NodeId, NodeLayout } from '@/lib/graph/document';
import { changeEntry, framesOf } from '../model/frames';
import { GRID } from '../model/place-node';
import type { Editor } from '../state/editor-context';
import { batch, dispatch, layoutAt } from './graph-at';

/** New places of nodes, as one step. */
export function moveNodes(
  editor: Editor,
  places: Readonly<Record<NodeId, { x: number; y: number }>>,
  title = 'Move',
): void {
  const { graph, layout } = layoutAt(editor);
  const set: Record<NodeId, NodeLayout> = {};
  for (const [id, { x, y }] of Object.entries(places)) {
    const before = layout[id];
    if (!before || before.x !== x || before.y !== y) set[id] = { ...before, x, y };
  }
  if (Object.keys(set).length) dispatch(editor, { do: 'set-layout', graph, set }, title);
}

export function nudge(editor: Editor, dx: number, dy: number): void {
  const { layout } = layoutAt(editor);
  const places: Record<NodeId, { x: number; y: number }> = {};
  for (const id of editor.ui.getState().nodes) {
    const place = layout[id];
    if (place) places[id] = { x: place.x + dx * GRID, y: place.y + dy * GRID };
  }
  moveNodes(editor, places);
}

const FRAME_PADDING = 16;

const FRAME_TITLE = 32;

/** A frame around what is selected. */
export function frameSelection(editor: Editor): void {
  const { graph, nodes } = editor.ui.getState();
  const { layout } = layoutAt(editor);
  const views = editor.views.getState().nodes;
  const boxes = nodes.flatMap((id) => {
    const [place, view] = [layout[id], views[id]];
    return place && view
      ? [{ x: place.x, y: place.y, right: place.x + view.width, bottom: place.y + view.height }]
      : [];
  });
  if (!boxes.length) return;
  const x = Math.min(...boxes.map((box) => box.x)) - FRAME_PADDING;
  const y = Math.min(...boxes.map((box) => box.y)) - FRAME_TITLE - 8;
  const frame: Json = {
    id: randomId('f'),
    graph,
    title: 'Group',
    x,
    y,
    w: Math.max(...boxes.map((box) => box.right)) + FRAME_PADDING - x,
    h: Math.max(...boxes.map((box) => box.bottom)) + FRAME_PADDING - y,
  };
  const { frames } = editor.documents.getState().document;
  dispatch(editor, { do: 'set-document', set: { frames: [...(Array.isArray(frames) ? frames : []), frame] } }, 'Frame');
}

/** Moves a frame together with the nodes that it holds. */
export function moveFrame(
  editor: Editor,
  id: string,
  to: { x: number; y: number },
  held: Readonly<Record<NodeId, { x: number; y: number }>>,
): void {
  const { document } = editor.documents.getState();
  const { graph, layout } = layoutAt(editor);
  const frame = framesOf(document.frames, graph).find((candidate) => candidate.id === id);
  const set: Record<NodeId, NodeLayout> = {};
  for (const [node, place] of Object.entries(held)) set[node] = { ...layout[node], ...place };
  const commands: Command[] = [{ do: 'set-layout', graph, set }];
  if (frame)
    commands.push({ do: 'set-document', set: { frames: changeEntry(document.frames, id, { x: to.x, y: to.y }) } });
  else commands.push({ do: 'set-document', set: { notes: changeEntry(document.notes, id, { x: to.x, y: to.y }) } });
  dispatch(editor, batch('Move', commands), 'Move');
}
