'use client';
import { useCallback, useState } from 'react';
import { readableError } from '@/app/_client/readable-error';
import { PREVIEW_RUN } from '@/app/_preview/preview';
import { showToast } from '@/app/_ui/toast';
import { useEditor } from '../state/editor-context';

/** Starts a run of the document as it is now and opens its panel; what stands in the way opens as problems instead. */
export function useStartRun() {
  const editor = useEditor();
  const [starting, setStarting] = useState(false);
  const start = useCallback(
    async (options: { preset?: string; seed?: number }) => {
      const { ui, documents, services } = editor;
      const errors =
        documents.getState().result?.diagnostics.findIndex((diagnostic) => diagnostic.severity === 'error') ?? -1;
      if (errors >= 0) {
        ui.getState().set({ problemsOpen: true, problem: errors });
        return;
      }
      setStarting(true);
      try {
        await services.flush();
        const started = await services.startRun(options);
        if ('runId' in started)
          ui.getState().set({ run: started.runId, mode: 'build', problemsOpen: false, problem: null, search: null });
        else showToast({ text: started.diagnostics[0]?.message ?? 'The run could not start.', tone: 'error' });
      } catch (error) {
        showToast({ text: readableError(error), tone: 'error' });
      } finally {
        setStarting(false);
      }
    },
    [editor],
  );
  /** Trains in the page: the document's quick settings where it has some. */
  const tryHere = useCallback(async () => {
    const { ui, documents, preview, documentId } = editor;
    const { document, cards, assets } = documents.getState();
    const quick = document.presets.quick ? { preset: 'quick' } : {};
    try {
      const [{ compile }, { faceKinds }] = await Promise.all([
        import('@/lib/compile/compile'),
        import('@/lib/nodes/face-kinds'),
      ]);
      const result = compile(document, { kinds: faceKinds, datasets: cards, assets, fixes: false, ...quick });
      ui.getState().set({ run: PREVIEW_RUN, mode: 'build', problemsOpen: false, problem: null, search: null });
      await preview.start(document, result, { documentId });
    } catch (error) {
      showToast({ text: readableError(error), tone: 'error' });
    }
  }, [editor]);
  return { start, starting, tryHere };
}
