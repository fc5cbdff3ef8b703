import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NodeId, NodeLayout } from '@/lib/graph/document';
import type { Face, FaceEnv } from '@/lib/nodes/kind';
import { placesInBlock } from '../model/ends-view';
import { createRouter } from '../model/route-wire';
import { share } from '../model/share';
import { type GraphView, viewGraph } from '../model/view-graph';
import { viewWires, type WireViews } from '../model/view-wires';
import type { DocumentStore } from './document-store';
import type { UiStore } from './ui-store';

export interface ViewState {
  nodes: GraphView;
  /** Where the nodes stand; inside a block with its ends. */
  places: Readonly<Record<NodeId, NodeLayout>>;
  wires: WireViews;
  env: FaceEnv;
}

const NOWHERE = {};

export type ViewStore = StoreApi<ViewState>;

/** What the canvas shows, derived from document, compile result and data set cards. `stop` ends the subscriptions. */
export function createViewStore(
  documents: DocumentStore,
  ui: UiStore,
  faces: Readonly<Record<string, Face>>,
): { store: ViewStore; refresh(): void; stop(): void } {
  const route = createRouter();
  const derive = (before: ViewState | null): ViewState => {
    const { document, cards, result } = documents.getState();
    const { graph, way } = ui.getState();
    const env: FaceEnv = { dataset: (id) => cards[id], block: (id) => document.blocks[id] };
    const nodes = viewGraph(document, graph, faces, env, result, before?.nodes ?? {}, way);
    const layout = document.layout[graph] ?? NOWHERE;
    const block = document.blocks[graph];
    const places = block ? share(before?.places, placesInBlock(block.graph, layout, nodes)) : layout;
    const wires = viewWires(document, graph, nodes, places, result?.diagnostics ?? [], before?.wires ?? {}, route);
    return { nodes, places, wires, env };
  };
  const store = createStore<ViewState>()(() => derive(null));
  const refresh = () => store.setState(derive(store.getState()));
  const stopDocument = documents.subscribe((state, before) => {
    if (state.document !== before.document || state.result !== before.result || state.cards !== before.cards) refresh();
  });
  const stopUi = ui.subscribe((state, before) => {
    if (state.graph !== before.graph || state.way !== before.way) refresh();
  });
  return {
    store,
    refresh,
    stop() {
      stopDocument();
      stopUi();
    },
  };
}
