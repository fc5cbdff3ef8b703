import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Hocuspocus } from '@hocuspocus/server';
import type { RawData, WebSocket } from 'ws';
import * as Y from 'yjs';
import { STORED, stateName } from '@/lib/collab/state-name';
import { applyToYjs, readDocument } from '@/lib/collab/yjs-document';
import type { Db } from '@/server/db/database';
import { throughOutage } from '@/server/db/outage';
import { type Actor, authorise } from '@/server/domain/authorise';
import { readSnapshot, readState, storeState } from '@/server/domain/documents/documents.queries';
import { describeYjs } from '@/server/domain/documents/encode-document';
import type { LiveDocuments } from '@/server/domain/documents/live-documents';
import { roleMay } from '@/server/domain/permissions';

interface ConnectionContext {
  actor: Actor | null;
}

export interface Collab extends LiveDocuments {
  /** Takes over an open WebSocket; the documents on it are asked for one by one, each with its own check. */
  connect(socket: WebSocket, request: IncomingMessage, actor: Actor | null): void;
  /** Stores what is not stored yet and lets go. */
  stop(): Promise<void>;
}

/**
 * Milliseconds between an edit and its row: the shorter, the less a crash of this process can take that no open browser
 * still has.
 */
const STORE_AFTER = 200;
const STORE_AT_LEAST_EVERY = 1_000;
/** Of one document's Yjs state; far above what the limits of a document need. */
const MOST_BYTES = 64_000_000;

/** The editor's documents: merges everybody's edits with Yjs, keeps them in `documents`. */
export function createCollab(db: Db): Collab {
  const hocuspocus = new Hocuspocus<ConnectionContext>({
    quiet: true,
    debounce: STORE_AFTER,
    maxDebounce: STORE_AT_LEAST_EVERY,

    async onAuthenticate({ context, documentName, connectionConfig }) {
      try {
        const access = await throughOutage(
          () => authorise(db, context.actor, 'document.read', { document: documentName }),
          5_000,
        );
        connectionConfig.readOnly = !roleMay(access.role, 'document.edit');
      } catch {
        // Without a message nothing is logged: a refusal is no failure.
        throw new Error('');
      }
    },

    async onLoadDocument({ document, documentName }) {
      Y.applyUpdate(document, await throughOutage(() => readState(db, documentName)));
    },

    async beforeHandleMessage({ document, update }) {
      if (update.byteLength < 10_000) return;
      const size = Y.encodeStateAsUpdate(document).byteLength + update.byteLength;
      if (size > MOST_BYTES) throw new Error('This document has become too large.');
    },

    async onStoreDocument({ document, documentName }) {
      const yjs = Y.encodeStateAsUpdate(document);
      const row = describeYjs(document);
      const name = stateName(document);
      await throughOutage(() => storeState(db, documentName, yjs, row));
      // "Saved" in the editor means: on the disk of the server. Edits that came meanwhile are not in it.
      document.broadcastStateless(`${STORED}${name}`);
    },
  });

  const busy = () =>
    [...hocuspocus.documents.values()].some(({ name, saveMutex }) => {
      const id = `onStoreDocument-${name}`;
      const { debouncer } = hocuspocus;
      return debouncer.isDebounced(id) || debouncer.isCurrentlyExecuting(id) || saveMutex.isLocked();
    });

  return {
    connect(socket, request, actor) {
      const connection = hocuspocus.handleConnection(socket, toRequest(request), { actor });
      socket.on('message', (data: RawData) => connection.handleMessage(toBytes(data)));
      socket.on('close', (code, reason) => connection.handleClose({ code, reason: reason.toString() }));
    },

    async read(documentId) {
      const open = hocuspocus.documents.get(documentId);
      return open ? readDocument(open) : readSnapshot(db, documentId);
    },

    async apply(documentId, command) {
      const connection = await hocuspocus.openDirectConnection(documentId, { actor: null });
      try {
        await connection.transact((document) => applyToYjs(document, command));
      } finally {
        await connection.disconnect();
      }
    },

    close(documentId) {
      hocuspocus.closeConnections(documentId);
    },

    async stop() {
      hocuspocus.closeConnections();
      for (let waited = 0; waited < 5_000; waited += 20) {
        hocuspocus.flushPendingStores();
        await pause(20);
        if (!busy()) return;
      }
    },
  };
}

function toRequest(request: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return new Request(`http://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`, { headers });
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.length);
}
