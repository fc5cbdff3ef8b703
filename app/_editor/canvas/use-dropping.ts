import { useReactFlow } from '@xyflow/react';
import { type DragEvent, useMemo, useState } from 'react';
import { readableError } from '@/app/_client/readable-error';
import { showToast } from '@/app/_ui/toast';
import { addKind, type BroughtBlock } from '../actions/add-kind';
import { openFile } from '../files/open-file';
import { useEditor } from '../state/editor-context';
import { BLOCK_MIME, KIND_MIME, SHARED_MIME } from './drag-mime';
import { nearestWire } from './nearest-wire';

/** Where the pointer holds a node that it brings. */
const HOLD = { x: 24, y: 16 };

/** What is dropped on the canvas: kinds and blocks of the palette, which a wire below takes in, and files to open. */
export function useDropping() {
  const editor = useEditor();
  const flow = useReactFlow();
  /** A file hovers over the canvas. */
  const [offered, setOffered] = useState(false);
  const handlers = useMemo(() => {
    const pointAt = (event: DragEvent) => flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const wireAt = (event: DragEvent) => nearestWire(editor.views.getState().wires, pointAt(event));
    const mark = (dropEdge: string | null) => {
      if (editor.ui.getState().dropEdge !== dropEdge) editor.ui.getState().set({ dropEdge });
    };
    const end = () => {
      setOffered(false);
      mark(null);
    };
    return {
      onDrop(event: DragEvent<HTMLDivElement>) {
        const carried = (type: string) => event.dataTransfer.getData(type);
        const [kind, block, shared] = [carried(KIND_MIME), carried(BLOCK_MIME), carried(SHARED_MIME)];
        const file = event.dataTransfer.files[0];
        if (!kind && !block && !shared && !file) return;
        event.preventDefault();
        end();
        const at = flow.screenToFlowPosition({ x: event.clientX - HOLD.x, y: event.clientY - HOLD.y });
        const insert = wireAt(event);
        const use = (id: string, brings: BroughtBlock | null = null) =>
          addKind(editor, 'instance', at, { insert, params: { block: id }, brings });
        if (kind) addKind(editor, kind, at, { insert });
        else if (block) use(block);
        else if (shared)
          import('../library/library-actions')
            .then(({ bringShared }) => bringShared(editor, shared))
            .then((brought) => use(brought.id, brought))
            .catch((error: unknown) => showToast({ text: readableError(error), tone: 'error' }));
        else if (file) void openFile(editor, file, pointAt(event));
      },
      onDragOver(event: DragEvent<HTMLDivElement>) {
        const { types } = event.dataTransfer;
        const brings = [KIND_MIME, BLOCK_MIME, SHARED_MIME].some((type) => types.includes(type));
        if (!brings && !types.includes('Files')) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        if (brings) mark(wireAt(event));
        else setOffered(true);
      },
      onDragLeave(event: DragEvent<HTMLDivElement>) {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) end();
      },
    };
  }, [editor, flow]);
  return { handlers, offered };
}
