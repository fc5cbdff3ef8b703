import { emptyHistory, type History } from '@/lib/collab/undo';
import type { DocumentStore } from './document-store';
import { keptTable } from './kept-tables';

/** A person's undo survives a reload: it is kept in the browser, by document and person. */

/** Brings back the kept history, then keeps every change. Returns how to stop. */
export function followHistory(documents: DocumentStore, documentId: string, person: string): () => void {
  const table = keptTable('history');
  if (!table) return () => undefined;
  const key = `${documentId} ${person}`;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  void table
    .get(key)
    .then((kept) => {
      const { history, restoreHistory } = documents.getState();
      if (!stopped && isHistory(kept) && history === emptyHistory) restoreHistory(kept);
    })
    .catch(() => undefined); // private windows may refuse storage: undo then lasts as long as the page
  const write = () => {
    timer = null;
    void table.put(key, documents.getState().history).catch(() => undefined);
  };
  const unsubscribe = documents.subscribe((state, before) => {
    if (state.history !== before.history) timer ??= setTimeout(write, 100);
  });
  return () => {
    stopped = true;
    unsubscribe();
    if (timer !== null) {
      clearTimeout(timer);
      write();
    }
  };
}

const isHistory = (value: unknown): value is History =>
  typeof value === 'object' &&
  value !== null &&
  Array.isArray((value as History).done) &&
  Array.isArray((value as History).undone);
