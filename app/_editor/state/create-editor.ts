import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { PREVIEW_RUN, Preview } from '@/app/_preview/preview';
import { faces } from '@/lib/nodes/faces.generated';
import { isEnd } from '../model/ends-view';
import { compileWhenIdle } from './compile-when-idle';
import { createDocumentStore } from './document-store';
import type { Editor, EditorServices } from './editor-context';
import { followHistory } from './keep-history';
import { createPeopleStore } from './people';
import { createRunStore } from './run-state';
import { createUiStore } from './ui-store';
import { createViewStore } from './view-store';

/** Puts an editor together over a Yjs document. `stop` ends all that it started. */
export function createEditor(options: {
  documentId: string;
  doc: Y.Doc;
  awareness: Awareness | null;
  services: EditorServices;
}): {
  editor: Editor;
  stop(): void;
} {
  const documents = createDocumentStore(options.doc);
  const ui = createUiStore();
  const views = createViewStore(documents, ui, faces);
  const stopCompile = compileWhenIdle(documents);
  const stopHistory = followHistory(documents, options.documentId, options.services.me.id);
  const stopSelection = documents.subscribe((state, before) => {
    if (state.document !== before.document) dropGone(state.document, ui);
  });
  const preview = new Preview(options.services.rows);
  const editor: Editor = {
    documentId: options.documentId,
    documents,
    ui,
    views: views.store,
    people: createPeopleStore(),
    runs: createRunStore(),
    preview,
    awareness: options.awareness,
    services: {
      ...options.services,
      controlRun: async (run, action) =>
        run === PREVIEW_RUN ? preview.control(action) : options.services.controlRun(run, action),
    },
    refreshViews: views.refresh,
  };
  return {
    editor,
    stop() {
      stopCompile();
      stopHistory();
      stopSelection();
      preview.stop();
      views.stop();
    },
  };
}

/** What somebody else removed cannot stay selected; a block that is gone cannot stay open. */
function dropGone(
  document: ReturnType<ReturnType<typeof createDocumentStore>['getState']>['document'],
  ui: ReturnType<typeof createUiStore>,
): void {
  const { graph, nodes, edges, select, set } = ui.getState();
  if (graph !== 'main' && !document.blocks[graph]) {
    set({ graph: 'main', way: [], nodes: [], edges: [] });
    return;
  }
  const there = graph === 'main' ? document.graph : document.blocks[graph]?.graph;
  const entries = new Set(
    [document.frames, document.notes].flatMap((list) =>
      (Array.isArray(list) ? list : []).map((item) => (item as { id?: string })?.id),
    ),
  );
  const left = nodes.filter((id) => there?.nodes[id] || isEnd(id) || entries.has(id) || /^(frame|note)\d+$/.test(id));
  const wires = edges.filter((id) => there?.edges[id]);
  if (left.length !== nodes.length || wires.length !== edges.length) select(left, wires);
}
