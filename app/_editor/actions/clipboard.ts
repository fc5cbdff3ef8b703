import { showToast } from '@/app/_ui/toast';
import { type Clip, copyNodes, pasteClip } from '@/lib/graph/copy';
import { snap } from '../model/place-node';
import { copyToClipboard } from '../shell/copy-to-clipboard';
import type { Editor } from '../state/editor-context';
import type { Stage } from './action';
import { dispatch, graphAt } from './graph-at';

const CLIP_OFFSET = 32;

export const copyText = (editor: Editor): string | null => {
  const { graph, nodes } = editor.ui.getState();
  const clip = copyNodes(editor.documents.getState().document, graph, nodes);
  const empty = !Object.keys(clip.graph.nodes).length && !clip.frames?.length && !clip.notes?.length;
  return empty ? null : JSON.stringify(clip, null, 1);
};

export function copySelection(editor: Editor): void {
  const text = copyText(editor);
  if (text) copyToClipboard(text);
}

/** Whether text may be a clip; the grammar is only loaded for text that is. */
export const looksLikeClip = (text: string): boolean => text.includes('"netloom"');

/** Pastes a clip, also one from another tab or a chat; false where the text is something else. */
export async function pasteText(
  editor: Editor,
  text: string,
  incoming = false,
  at?: { x: number; y: number },
): Promise<boolean> {
  const { parseClip } = await import('@/lib/graph/parse-clip');
  const clip = parseClip(text);
  return clip !== null && paste(editor, clip, incoming, at);
}

/** Paste from a menu. Browsers give pages the clipboard only over HTTPS and only when asked; else keys have to do. */
export async function pasteFromClipboard({ editor, flow, middle }: Stage, incoming: boolean): Promise<void> {
  const text = await navigator.clipboard?.readText?.().catch(() => null);
  if (typeof text !== 'string') {
    showToast({ text: `This browser keeps the clipboard to itself here: press Ctrl${incoming ? ' Shift' : ''} V.` });
    return;
  }
  const done = looksLikeClip(text) && (await pasteText(editor, text, incoming, flow.screenToFlowPosition(middle())));
  if (!done) showToast({ text: 'There are no nodes on the clipboard.' });
}

function paste(editor: Editor, clip: Clip, incoming: boolean, at?: { x: number; y: number }): boolean {
  const { graph } = editor.ui.getState();
  const { document } = editor.documents.getState();
  const places = [...Object.values(clip.layout), ...(clip.frames ?? []), ...(clip.notes ?? [])];
  const [left, top] = [Math.min(...places.map(({ x }) => x)), Math.min(...places.map(({ y }) => y))];
  const offset =
    at && places.length ? { x: snap(at.x - left), y: snap(at.y - top) } : { x: CLIP_OFFSET, y: CLIP_OFFSET };
  const taken = new Set(Object.values(graphAt(editor).nodes).map((node) => node.name));
  for (const node of Object.values(clip.graph.nodes)) {
    const base = node.name.replace(/\d+$/, '');
    for (let number = 2; taken.has(node.name); number++) node.name = `${base}${number}`;
    taken.add(node.name);
  }
  const pasted = pasteClip(document, clip, { graph, offset, incoming });
  if (!dispatch(editor, pasted.command, 'Paste')) return false;
  editor.ui.getState().select(pasted.ids);
  return true;
}

export function duplicateSelection(editor: Editor): void {
  const { graph, nodes } = editor.ui.getState();
  if (nodes.length) paste(editor, structuredClone(copyNodes(editor.documents.getState().document, graph, nodes)), true);
}
