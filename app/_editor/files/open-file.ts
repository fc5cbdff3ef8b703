import { readableError } from '@/app/_client/readable-error';
import { showToast } from '@/app/_ui/toast';
import { pasteText } from '../actions/clipboard';
import type { Editor } from '../state/editor-context';

/** Larger files are not read: a page would run out of memory before it found the document. */
const MOST_BYTES = 1e9;

/** Opens what was dropped: a document, or a file that carries one, as a document of its own; copied nodes at `at`. */
export async function openFile(editor: Editor, file: File, at: { x: number; y: number }): Promise<void> {
  const refuse = (text: string) => showToast({ text, tone: 'error' });
  if (file.size > MOST_BYTES)
    return refuse(`${file.name} is larger than 1 GB: too large to look for a document in it.`);
  try {
    const { documentInFile } = await import('@/lib/export/document-in-file');
    const content = documentInFile(file.name, new Uint8Array(await file.arrayBuffer()));
    if ('problem' in content) refuse(content.problem);
    else if ('document' in content) await editor.services.openDocument(content.document);
    else if (!editor.services.canEdit) refuse('You may look at this document, but not change it.');
    else if (!(await pasteText(editor, content.clip, false, at))) refuse(`The nodes in ${file.name} cannot be read.`);
  } catch (error) {
    refuse(readableError(error));
  }
}
