import { randomId } from '@/lib/base/ids';
import type { Json } from '@/lib/base/json';
import type { Command } from '@/lib/graph/command';
import type { NodeId, NodeLayout } from '@/lib/graph/document';
import { changeEntry, framesOf, notesOf } from '../model/frames';
import { snap } from '../model/place-node';
import type { Editor } from '../state/editor-context';
import type { Stage } from './action';
import { batch, dispatch, layoutAt } from './graph-at';

/** Frames and notes: they have no meaning for the program. */

const FRAME_PADDING = 16;
const FRAME_TITLE = 32;

const withEntry = (list: Json, entry: Json): Json => [...(Array.isArray(list) ? list : []), entry];

/** A frame around what is selected; its title can be typed at once. */
export function frameSelection(editor: Editor): void {
  const { graph, nodes } = editor.ui.getState();
  const { nodes: views, places } = editor.views.getState();
  const boxes = nodes.flatMap((id) => {
    const [place, view] = [places[id], views[id]];
    return place && view
      ? [{ x: place.x, y: place.y, right: place.x + view.width, bottom: place.y + view.height }]
      : [];
  });
  if (!boxes.length) return;
  const x = Math.min(...boxes.map((box) => box.x)) - FRAME_PADDING;
  const y = Math.min(...boxes.map((box) => box.y)) - FRAME_TITLE - 8;
  const id = randomId('f');
  const frame: Json = {
    id,
    graph,
    title: '',
    x,
    y,
    w: Math.max(...boxes.map((box) => box.right)) + FRAME_PADDING - x,
    h: Math.max(...boxes.map((box) => box.bottom)) + FRAME_PADDING - y,
  };
  const { frames } = editor.documents.getState().document;
  if (dispatch(editor, { do: 'set-document', set: { frames: withEntry(frames, frame) } }, 'Frame'))
    typeInto(editor, id);
}

/** An empty note where the pointer or the middle of the canvas is, ready to be typed into. */
export function addNote({ editor, flow, middle }: Stage, screen = middle()): void {
  const { graph } = editor.ui.getState();
  const at = flow.screenToFlowPosition(screen);
  const id = randomId('t');
  const note: Json = { id, graph, text: '', x: snap(at.x), y: snap(at.y), w: 192 };
  const { notes } = editor.documents.getState().document;
  if (dispatch(editor, { do: 'set-document', set: { notes: withEntry(notes, note) } }, 'Add a note'))
    typeInto(editor, id);
}

/** Selects what has just been made, for its title or text to be typed. */
function typeInto(editor: Editor, id: string): void {
  editor.ui.getState().set({ nodes: [id], edges: [], renaming: id, fresh: { id, step: newestStep(editor) } });
}

/** Ends the typing of a title or text; answers whether that is part of the step that made the frame or note. */
export function finishTyping(editor: Editor, id: string): boolean {
  const { fresh, set } = editor.ui.getState();
  set({ renaming: null, fresh: null });
  return fresh?.id === id && fresh.step === newestStep(editor);
}

const newestStep = (editor: Editor) => editor.documents.getState().history.done.at(-1);

/** Changes members of a frame or note: title, text, colour, size. */
export function changeFurniture(
  editor: Editor,
  id: string,
  change: Record<string, Json>,
  title: string,
  part?: 'of-last',
): void {
  const { document } = editor.documents.getState();
  const { graph } = editor.ui.getState();
  const isFrame = framesOf(document.frames, graph).some((frame) => frame.id === id);
  const set = isFrame
    ? { frames: changeEntry(document.frames, id, change) }
    : { notes: changeEntry(document.notes, id, change) };
  dispatch(editor, { do: 'set-document', set }, title, part);
}

/** Takes a frame or note away; what stands on it stays. */
export function removeFurniture(editor: Editor, id: string, title: string): void {
  const { document } = editor.documents.getState();
  dispatch(
    editor,
    {
      do: 'set-document',
      set: { frames: changeEntry(document.frames, id, null), notes: changeEntry(document.notes, id, null) },
    },
    title,
  );
}

/** Moves frames and notes, and nodes with them, as one step. */
export function moveFurniture(
  editor: Editor,
  entries: Readonly<Record<string, { x: number; y: number }>>,
  nodes: Readonly<Record<NodeId, { x: number; y: number }>>,
  more: readonly Command[] = [],
): void {
  const { document } = editor.documents.getState();
  const { graph, layout } = layoutAt(editor);
  let { frames, notes } = document;
  const listed = new Set(framesOf(frames, graph).map(({ id }) => id));
  const noted = new Set(notesOf(notes, graph).map(({ id }) => id));
  for (const [id, { x, y }] of Object.entries(entries)) {
    if (listed.has(id)) frames = changeEntry(frames, id, { x, y });
    else if (noted.has(id)) notes = changeEntry(notes, id, { x, y });
  }
  const set: Record<NodeId, NodeLayout> = {};
  for (const [id, { x, y }] of Object.entries(nodes)) {
    const before = layout[id];
    if (!before || before.x !== x || before.y !== y) set[id] = { ...before, x, y };
  }
  const commands: Command[] = [...more];
  if (Object.keys(set).length) commands.push({ do: 'set-layout', graph, set });
  if (frames !== document.frames || notes !== document.notes)
    commands.push({ do: 'set-document', set: { frames, notes } });
  dispatch(editor, batch('Move', commands), 'Move');
}
