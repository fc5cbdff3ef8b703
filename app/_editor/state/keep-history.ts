import { emptyHistory, type History } from '@/lib/collab/undo';
import type { DocumentStore } from './document-store';

/** A person's undo survives a reload: it is kept in the browser's IndexedDB, by document and person. */

const DATABASE = 'netloom-editor';
const TABLE = 'history';

/** Brings back the kept history, then keeps every change. Returns how to stop. */
export function followHistory(documents: DocumentStore, documentId: string, person: string): () => void {
  if (typeof indexedDB === 'undefined') return () => undefined;
  const key = `${documentId} ${person}`;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const store = openDatabase();
  void store
    .then((database) => request<unknown>(database.transaction(TABLE).objectStore(TABLE).get(key)))
    .then((kept) => {
      const { history, restoreHistory } = documents.getState();
      if (!stopped && isHistory(kept) && history === emptyHistory) restoreHistory(kept);
    })
    .catch(() => undefined); // private windows may refuse storage: undo then lasts as long as the page
  const write = () => {
    timer = null;
    const { history } = documents.getState();
    void store
      .then((database) => database.transaction(TABLE, 'readwrite').objectStore(TABLE).put(history, key))
      .catch(() => undefined);
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

function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE);
  return request(opening);
}

const request = <T>(asked: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

const isHistory = (value: unknown): value is History =>
  typeof value === 'object' &&
  value !== null &&
  Array.isArray((value as History).done) &&
  Array.isArray((value as History).undone);
