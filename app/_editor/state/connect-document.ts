import { HocuspocusProvider } from '@hocuspocus/provider';
import * as Y from 'yjs';
import { STORED } from '@/lib/collab/state-name';
import type { SaveState } from './editor-context';
import { keepUnsent, type Unsent } from './keep-unsent';

/** A document of the service, as it is opened: edits go on while the line is down and merge afterwards. */
export interface Connection {
  doc: Y.Doc;
  provider: HocuspocusProvider;
  /** Resolves when the document is here; rejects where this person may not read it. */
  ready: Promise<void>;
  saveState(): SaveState;
  onSaveState(listener: () => void): () => void;
  /** Resolves when the service has every edit made so far. */
  flush(): Promise<void>;
  close(): void;
}

const PATIENCE = 10_000;

/** `onRestored`: edits that an earlier visit of this person could not send were kept in the browser and are back. */
export function connectDocument(documentId: string, person: string, onRestored: () => void): Connection {
  const doc = new Y.Doc();
  const listeners = new Set<() => void>();
  let state: SaveState = { state: 'connecting' };
  let refuse: (reason: Error) => void = () => undefined;
  let arrive: () => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    arrive = resolve;
    refuse = reject;
  });
  let started: HocuspocusProvider | undefined;
  let unsent: Unsent | undefined;
  const provider = new HocuspocusProvider({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws/collab`,
    name: documentId,
    document: doc,
    // The session's cookie travels with the socket; the protocol wants some token before it lets us in.
    token: 'cookie',
    onSynced: () => {
      void unsent?.restore().then((back) => back && onRestored());
      arrive();
      update();
    },
    onStatus: () => update(),
    onUnsyncedChanges: () => update(),
    onStateless: ({ payload }) => {
      if (!payload.startsWith(STORED)) return;
      unsent?.stored(payload.slice(STORED.length));
      change({ state: 'saved', at: Date.now() });
    },
    onAuthenticationFailed: () => refuse(new Error('This document is not there, or it is not shared with you.')),
  });
  started = provider;
  unsent = keepUnsent(doc, provider, `${documentId} ${person}`);
  const change = (next: SaveState) => {
    if (state.state === next.state && next.state !== 'saved') return;
    state = next;
    for (const listener of listeners) listener();
  };
  function update(): void {
    // Its constructor calls back already; an error there would count as a failed connection and be tried again.
    const provider = started;
    if (!provider) return;
    const connected = provider.configuration.websocketProvider.status === 'connected';
    if (!connected)
      change(
        provider.isSynced || state.state === 'saved' || state.state === 'saving'
          ? { state: 'offline' }
          : state.state === 'offline'
            ? state
            : { state: 'connecting' },
      );
    else if (provider.hasUnsyncedChanges) change({ state: 'saving' });
    else if (provider.isSynced && state.state !== 'saved') change({ state: 'saved', at: Date.now() });
  }
  return {
    doc,
    provider,
    ready,
    saveState: () => state,
    onSaveState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    flush: () =>
      new Promise((resolve, reject) => {
        if (!provider.hasUnsyncedChanges) return resolve();
        const timer = setTimeout(
          () => finish(new Error('The server does not answer, so the run cannot start yet. Your edits are kept here.')),
          PATIENCE,
        );
        const finish = (error?: Error) => {
          clearTimeout(timer);
          provider.off('unsyncedChanges', check);
          if (error) reject(error);
          else resolve();
        };
        const check = () => {
          if (!provider.hasUnsyncedChanges) finish();
        };
        provider.on('unsyncedChanges', check);
      }),
    close() {
      unsent?.stop();
      provider.destroy();
      doc.destroy();
    },
  };
}
