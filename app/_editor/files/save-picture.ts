import { invariant } from '@/lib/base/invariant';
import { DOCUMENT_KEY } from '@/lib/export/embed-document';
import { writePngText } from '@/lib/export/png-text';
import type { Editor } from '../state/editor-context';
import { drawGraph } from './draw-graph';
import { saveFile } from './save-file';

/** Downloads the open graph as a PNG that carries the document: dropped onto a canvas, it opens again. */
export async function savePicture(editor: Editor): Promise<void> {
  const { document: value } = editor.documents.getState();
  await document.fonts.ready;
  const canvas = await drawGraph(editor);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  invariant(blob, 'a canvas of this size can be written');
  const png = writePngText(new Uint8Array(await blob.arrayBuffer()), DOCUMENT_KEY, JSON.stringify(value));
  saveFile(`${value.title || 'graph'}.png`, [png as Uint8Array<ArrayBuffer>], 'image/png');
}
