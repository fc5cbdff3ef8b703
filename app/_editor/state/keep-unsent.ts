import type { HocuspocusProvider } from '@hocuspocus/provider';
import * as Y from 'yjs';
import { stateName } from '@/lib/collab/state-name';
import { keptTable } from './kept-tables';

/**
 * Edits that the service has not put on its disk yet are kept in the browser, so that neither a closed window nor a lost
 * server loses them: the next time this person opens the document here, they are merged.
 */
export interface Unsent {
  /** Once the service's copy is here: merges what was kept. True where that brought something back. */
  restore(): Promise<boolean>;
  /** The service has stored the document in the state of this name. */
  stored(name: string): void;
  stop(): void;
}

const NOTHING: Unsent = { restore: async () => false, stored: () => undefined, stop: () => undefined };
/** Milliseconds between two writes; the first edit after a rest is written at once. */
const WRITE_EVERY = 100;

export function keepUnsent(doc: Y.Doc, provider: HocuspocusProvider, key: string): Unsent {
  const table = keptTable('unsent');
  if (!table) return NOTHING;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let kept = false;
  /** What the service had for sure: only what came after it is kept. */
  let base: Uint8Array | undefined;
  let dirty = false;
  const write = () => {
    kept = true;
    dirty = false;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(rest, WRITE_EVERY);
    void table.put(key, Y.encodeStateAsUpdate(doc, base)).catch(() => undefined);
  };
  const rest = () => {
    timer = null;
    writeRest();
  };
  const writeRest = () => {
    if (dirty) write();
  };
  const onUpdate = (_: Uint8Array, origin: unknown) => {
    if (origin === provider) return;
    dirty = true;
    if (timer === null) write();
  };
  window.addEventListener('pagehide', writeRest);
  doc.on('update', onUpdate);
  return {
    async restore() {
      const update = await table.get(key).catch(() => undefined);
      base ??= Y.encodeStateVector(doc);
      if (!(update instanceof Uint8Array)) return false;
      kept = true;
      let news = false;
      const note = () => {
        news = true;
      };
      doc.on('update', note);
      Y.applyUpdate(doc, update, 'kept');
      doc.off('update', note);
      return news;
    },
    stored(name) {
      if (!kept || stateName(doc) !== name) return;
      kept = false;
      dirty = false;
      base = Y.encodeStateVector(doc);
      void table.remove(key).catch(() => undefined);
    },
    stop() {
      doc.off('update', onUpdate);
      window.removeEventListener('pagehide', writeRest);
      writeRest();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
