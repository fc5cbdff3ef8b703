import { readableError } from '@/app/_client/readable-error';
import { askTitle } from '@/app/_ui/ask-title';
import { showToast } from '@/app/_ui/toast';
import type { Editor } from '../state/editor-context';

/** Asks for a name and keeps the document as it is now. */
export function saveVersion({ services, ui }: Editor, saved?: () => void): void {
  askTitle({
    heading: 'Name this version',
    title: '',
    async onSave(name) {
      try {
        await services.versions.save(name);
        showToast({ text: `Kept as “${name}”.`, tone: 'ok' });
        ui.getState().set({ versionsOpen: true });
        saved?.();
      } catch (error) {
        showToast({ text: readableError(error), tone: 'error' });
      }
    },
  });
}
