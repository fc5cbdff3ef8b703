/** What the editor keeps in the browser's IndexedDB, by document and person. */

const DATABASE = 'netloom-editor';
const TABLES = ['history', 'unsent'] as const;
type Table = (typeof TABLES)[number];

export interface KeptTable {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Null where the browser keeps nothing. Private windows may refuse storage: then every call rejects. */
export function keptTable(table: Table): KeptTable | null {
  if (typeof indexedDB === 'undefined') return null;
  const opened = openDatabase();
  opened.catch(() => undefined);
  const ask = async <T>(mode: IDBTransactionMode, asked: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const transaction = (await opened).transaction(table, mode);
    const answer = request(asked(transaction.objectStore(table)));
    // Said aloud: what still waits for its end when the page goes would be taken back.
    transaction.commit();
    return answer;
  };
  return {
    get: (key) => ask<unknown>('readonly', (store) => store.get(key)),
    put: async (key, value) => void (await ask('readwrite', (store) => store.put(value, key))),
    remove: (key) => ask('readwrite', (store) => store.delete(key)),
  };
}

function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open(DATABASE, TABLES.length);
  opening.onupgradeneeded = () => {
    const { result } = opening;
    for (const table of TABLES) if (!result.objectStoreNames.contains(table)) result.createObjectStore(table);
  };
  // Another window with a newer editor may need the tables in another form.
  return request(opening).then((database) => {
    database.onversionchange = () => database.close();
    return database;
  });
}

const request = <T>(asked: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
