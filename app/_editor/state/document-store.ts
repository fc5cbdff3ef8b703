import * as Y from 'yjs';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { emptyHistory, extend, forgetUndone, type History, remember, stepBack, stepForward } from '@/lib/collab/undo';
import { applyToYjs, isBlank, readDocument, writeDocument } from '@/lib/collab/yjs-document';
import type { AssetCard } from '@/lib/compile/asset-card';
import type { CompileResult } from '@/lib/compile/result';
import type { DatasetCard } from '@/lib/datasets/card';
import { apply } from '@/lib/graph/apply';
import type { Command } from '@/lib/graph/command';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type Document, emptyDocument } from '@/lib/graph/document';
import type { LibraryBlockSummary } from '@/lib/protocol/service';
import { share } from '../model/share';

export interface Device {
  name: string;
  bytes: number;
}

export interface DocumentState {
  document: Document;
  /** False until the document has arrived. */
  ready: boolean;
  history: History;
  /** Of the latest compile; may be a moment behind `document`. */
  result: CompileResult | null;
  cards: Readonly<Record<string, DatasetCard>>;
  /** Files of trained weights that the workspace has. */
  assets: Readonly<Record<string, AssetCard>>;
  /** Blocks that the workspace shares. */
  library: readonly LibraryBlockSummary[];
  /** Where runs compute, and the bytes that they can have there; null while it is not known. */
  device: Device | null;
  /** Why the last command could not be done. */
  refusal: Diagnostic | null;
  /** Does a command as a step of undo, or as a part of the newest one. False where it is refused. */
  dispatch(command: Command, title: string, part?: 'of-last'): boolean;
  undo(): string | null;
  redo(): string | null;
  /** Takes the newest step back for good, as if it had never been. */
  retract(): void;
  setCards(cards: Record<string, DatasetCard>): void;
  setAssets(assets: readonly AssetCard[]): void;
  setLibrary(library: LibraryBlockSummary[]): void;
  setDevice(device: Device | null): void;
  setResult(result: CompileResult): void;
  restoreHistory(history: History): void;
  dismissRefusal(): void;
}

export type DocumentStore = StoreApi<DocumentState>;

/** Marks our own transactions, so that they are not read back. */
const OWN = Symbol('own edit');

/**
 * The document as the editor sees it, over a Yjs document that others may edit too. Own commands go through the plain
 * reducer (which shares what did not change) and then into Yjs; what others do is read from Yjs and shared by value.
 */
export function createDocumentStore(doc: Y.Doc): DocumentStore {
  const store = createStore<DocumentState>()((set, get) => {
    const perform = (command: Command): { inverse: Command } | null => {
      const applied = apply(get().document, command);
      if ('diagnostic' in applied) {
        set({ refusal: applied.diagnostic });
        return null;
      }
      set({ document: applied.document, refusal: null });
      applyToYjs(doc, command, OWN);
      return applied;
    };
    const walk = (step: typeof stepBack): string | null => {
      const walked = step(get().history, get().document);
      if (!walked || !perform(walked.command)) return null;
      set({ history: walked.history });
      return walked.title;
    };
    return {
      document: isBlank(doc) ? emptyDocument('') : readDocument(doc),
      ready: !isBlank(doc),
      history: emptyHistory,
      result: null,
      cards: {},
      assets: {},
      library: [],
      device: null,
      refusal: null,
      dispatch(command, title, part) {
        if (command.do === 'batch' && command.commands.length === 0) return true;
        const done = perform(command);
        if (!done) return false;
        const add = part === 'of-last' ? extend : remember;
        set({ history: add(get().history, { title, redo: command, undo: done.inverse }) });
        return true;
      },
      undo: () => walk(stepBack),
      redo: () => walk(stepForward),
      retract() {
        if (walk(stepBack) !== null) set({ history: forgetUndone(get().history) });
      },
      setCards: (cards) => set({ cards: share(get().cards, cards) }),
      setAssets: (assets) =>
        set({ assets: share(get().assets, Object.fromEntries(assets.map((asset) => [asset.id, asset]))) }),
      setLibrary: (library) => set({ library: share(get().library, library) }),
      setDevice: (device) => set({ device: share(get().device, device) }),
      setResult: (result) => set({ result: share(get().result, result) }),
      restoreHistory: (history) => set({ history }),
      dismissRefusal: () => set({ refusal: null }),
    };
  });
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    if (transaction.origin === OWN || transaction.changed.size === 0 || isBlank(doc)) return;
    store.setState((state) => ({ document: share(state.document, readDocument(doc)), ready: true }));
  });
  return store;
}

/** A Yjs document that lives in this page only. */
export function localDoc(document: Document): Y.Doc {
  const doc = new Y.Doc();
  writeDocument(doc, document);
  return doc;
}
