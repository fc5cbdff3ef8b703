'use client';
import { createContext, type ReactNode, useContext } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import { useStore } from 'zustand';
import type { Preview } from '@/app/_preview/preview';
import type { AssetCard } from '@/lib/compile/asset-card';
import type { LibraryContent } from '@/lib/graph/blocks/library-block';
import type { Document, LibraryOrigin } from '@/lib/graph/document';
import type { DatasetPreview, DatasetRows, StartRunResult, VersionSummary } from '@/lib/protocol/service';
import type { DocumentState, DocumentStore } from './document-store';
import type { PeopleStore } from './people';
import type { RunStore } from './run-state';
import type { UiState, UiStore } from './ui-store';
import type { ViewState, ViewStore } from './view-store';

export type SaveState =
  | { state: 'connecting' }
  | { state: 'offline' }
  | { state: 'saved'; at: number }
  | { state: 'saving' };

export interface Person {
  id: string;
  name: string;
  color: string;
}

/** What the editor asks of the service; a page provides it, so that the editor also works on a document of its own. */
export interface EditorServices {
  me: Person;
  workspace: string;
  canEdit: boolean;
  preview(dataset: string): Promise<DatasetPreview | null>;
  /** The first rows of every split, to train on in the page. */
  rows(dataset: string): Promise<DatasetRows>;
  /** Keeps a file of trained weights in the workspace, and in `assets` of the document's store. Rejects with what is wrong. */
  uploadWeights(file: File): Promise<AssetCard>;
  startRun(options: { preset?: string; seed?: number }): Promise<StartRunResult>;
  controlRun(run: string, action: 'pause' | 'resume' | 'cancel'): Promise<void>;
  versions: VersionServices;
  library: LibraryServices;
  /** Makes a document of it in this workspace and goes there; it is checked first. Rejects with what is wrong. */
  openDocument(document: unknown): Promise<void>;
  /** Waits until the service has every edit. */
  flush(): Promise<void>;
  onSaveState(listener: () => void): () => void;
  saveState(): SaveState;
}

/** Blocks that the workspace shares. What changes the library also refreshes `library` of the document's store. */
export interface LibraryServices {
  read(id: string): Promise<{ hash: string; content: LibraryContent }>;
  /** With an id: as the new version of that block. */
  publish(content: LibraryContent, id?: string): Promise<LibraryOrigin>;
  remove(id: string): Promise<void>;
}

/** Named states of the document. */
export interface VersionServices {
  list(): Promise<VersionSummary[]>;
  read(id: string): Promise<Document>;
  save(name: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface Editor {
  documentId: string;
  documents: DocumentStore;
  ui: UiStore;
  views: ViewStore;
  people: PeopleStore;
  runs: RunStore;
  /** Trains in the page. */
  preview: Preview;
  awareness: Awareness | null;
  services: EditorServices;
  /** Measures and lays out all nodes again. */
  refreshViews(): void;
}

const EditorContext = createContext<Editor | null>(null);

export const EditorProvider = ({ editor, children }: { editor: Editor; children: ReactNode }) => (
  <EditorContext.Provider value={editor}>{children}</EditorContext.Provider>
);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('Invariant: no editor around this component');
  return editor;
}

export const useDocument = <T,>(select: (state: DocumentState) => T): T => useStore(useEditor().documents, select);
export const useUi = <T,>(select: (state: UiState) => T): T => useStore(useEditor().ui, select);
export const useView = <T,>(select: (state: ViewState) => T): T => useStore(useEditor().views, select);
