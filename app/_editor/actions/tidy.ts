import { readableError } from '@/app/_client/readable-error';
import { showToast } from '@/app/_ui/toast';
import type { Json } from '@/lib/base/json';
import type { Command } from '@/lib/graph/command';
import { changeEntry, type Frame, framesOf, notesOf } from '../model/frames';
import type { Drawing, Places } from '../model/lay-out';
import { snap } from '../model/place-node';
import { around, type Rect, stands } from '../model/rect';
import type { Editor } from '../state/editor-context';
import { moveNodes } from './arrange';

/** From here on a person wonders whether anything happens. */
const PATIENCE_MS = 1_000;

/** Lays the selection out anew, or all nodes; one step of undo. What was laid out keeps its upper left corner. */
export async function tidy(editor: Editor): Promise<void> {
  const { graph } = editor.ui.getState();
  const drawing = drawingOf(editor);
  if (!drawing.nodes.length) return;
  const slow = setTimeout(() => showToast({ text: 'Tidying. A large graph takes some seconds.' }), PATIENCE_MS);
  const places = await layOutBeside(drawing)
    .catch((error: unknown) => showToast({ text: readableError(error), tone: 'error' }))
    .finally(() => clearTimeout(slow));
  if (!places || editor.ui.getState().graph !== graph) return;
  // Others may have removed some meanwhile.
  const { nodes: views, places: before, wires } = editor.views.getState();
  const laid = Object.entries(places.nodes).filter(([id]) => views[id]);
  const boxes = laid.map(([id]) => ({ ...sizeOf(editor, id), x: before[id]?.x ?? 0, y: before[id]?.y ?? 0 }));
  const [old, fresh] = [around(boxes), around(laid.map(([id, place]) => ({ ...sizeOf(editor, id), ...place })))];
  const way = { x: (old?.x ?? 0) - (fresh?.x ?? 0), y: (old?.y ?? 0) - (fresh?.y ?? 0) };
  const moved = new Set(laid.map(([id]) => id));
  const bent = Object.values(wires).filter(
    ({ via, source, target }) => via.length && moved.has(source) && moved.has(target),
  );
  moveNodes(
    editor,
    Object.fromEntries(laid.map(([id, { x, y }]) => [id, { x: snap(x + way.x), y: snap(y + way.y) }])),
    'Tidy',
    [
      ...bent.map(({ id }): Command => ({ do: 'set-edge', graph, id, set: { via: null } })),
      ...moveFrames(editor, places.frames, way),
    ],
  );
}

function drawingOf(editor: Editor): Drawing {
  const { nodes: selected, graph } = editor.ui.getState();
  const { nodes: views, places, wires } = editor.views.getState();
  const { document } = editor.documents.getState();
  const some = selected.filter((id) => views[id]);
  const chosen = some.length > 1 ? some : Object.keys(views);
  const boxOf = (id: string): Rect => ({ x: 0, y: 0, ...places[id], ...sizeOf(editor, id) });
  return {
    nodes: chosen.flatMap((id) => {
      const view = views[id];
      if (!view) return [];
      const ports = view.ports.filter(({ place }) => place !== 'drawer');
      return [
        {
          id,
          ...sizeOf(editor, id),
          ports: ports.map(({ handle, side, y }) => ({ handle, side, y })),
          block: typeof view.params.block === 'string',
        },
      ];
    }),
    wires: Object.values(wires).map(({ source, sourceHandle, target, targetHandle }) => ({
      from: [source, sourceHandle],
      to: [target, targetHandle],
    })),
    frames: holding(
      framesOf(document.frames, graph),
      Object.keys(views).map((id) => ({ id, box: boxOf(id) })),
    ).filter(({ nodes, all }) => nodes.length + all.length > 0 && all.every((id) => chosen.includes(id))),
  };
}

const sizeOf = (editor: Editor, id: string): { width: number; height: number } => {
  const { width = 0, height = 0 } = editor.views.getState().nodes[id] ?? {};
  return { width, height };
};

/** What stands on which frame: each node on the smallest that it is wholly on, frames likewise. */
function holding(frames: readonly Frame[], nodes: readonly { id: string; box: Rect }[]) {
  const areas = frames
    .map(({ id, x, y, w, h }) => ({ id, box: { x, y, width: w, height: h } }))
    .sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height);
  return areas.map(({ id, box }, index) => ({
    id,
    within: areas.slice(index + 1).find((larger) => stands(box, larger.box))?.id ?? null,
    nodes: nodes.filter((node) => areas.find((area) => stands(node.box, area.box))?.id === id).map((node) => node.id),
    all: nodes.filter((node) => stands(node.box, box)).map((node) => node.id),
  }));
}

/** Frames where they were laid out, with the notes that stand on them. */
function moveFrames(editor: Editor, laid: Places['frames'], way: { x: number; y: number }): Command[] {
  const { document } = editor.documents.getState();
  const { graph } = editor.ui.getState();
  let [frames, notes]: [Json, Json] = [document.frames, document.notes];
  for (const frame of framesOf(document.frames, graph)) {
    const place = laid[frame.id];
    if (!place) continue;
    const [x, y] = [Math.round(place.x + way.x), Math.round(place.y + way.y)];
    frames = changeEntry(frames, frame.id, { x, y, w: Math.round(place.width), h: Math.round(place.height) });
    const box = { x: frame.x, y: frame.y, width: frame.w, height: frame.h };
    for (const note of notesOf(document.notes, graph)) {
      if (!stands({ x: note.x, y: note.y, width: note.w, height: 0 }, box)) continue;
      notes = changeEntry(notes, note.id, { x: note.x + x - frame.x, y: note.y + y - frame.y });
    }
  }
  if (frames === document.frames) return [];
  return [{ do: 'set-document', set: { frames, notes } }];
}

function layOutBeside(drawing: Drawing): Promise<Places> {
  const worker = new Worker(new URL('./lay-out.worker.ts', import.meta.url), { type: 'module', name: 'layout' });
  return new Promise<Places>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<{ places: Places } | { problem: string }>) =>
      'places' in data ? resolve(data.places) : reject(new Error(data.problem));
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(drawing);
  }).finally(() => worker.terminate());
}
