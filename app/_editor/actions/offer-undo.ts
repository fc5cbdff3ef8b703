import { hideNotification } from '@mantine/notifications';
import { showToast } from '@/app/_ui/toast';
import type { Editor } from '../state/editor-context';

const ID = 'undo-offer';

/**
 * Says what was just done, with a button that takes it back. Undo takes back the newest step, so the offer ends as soon
 * as this one is not the newest any more.
 */
export function offerUndo(editor: Editor, text: string): void {
  const { undo, history } = editor.documents.getState();
  const step = history.done.at(-1);
  const stop = editor.documents.subscribe((state) => {
    if (state.history.done.at(-1) === step) return;
    stop();
    hideNotification(ID);
  });
  showToast({ id: ID, text, undo: () => void undo() });
}
