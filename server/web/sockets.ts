import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Context } from '@/server/api/context';
import { appRouter } from '@/server/api/router';
import type { Log } from '@/server/api/services';
import type { Actor } from '@/server/domain/authorise';
import type { Collab } from '@/server/realtime/collab';
import { rateLimit } from './rate-limit';

export interface SocketsOptions {
  collab: Collab;
  log: Log;
  actorOf(request: IncomingMessage): Promise<Actor | null>;
  contextOf(actor: Actor | null): Context;
}

export interface Sockets {
  /** Takes the upgrade where the path is one of ours. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  stop(): Promise<void>;
}

/** One message of the editor holds at most a pasted graph; of tRPC, a subscription's input. */
const MOST_COLLAB_BYTES = 16_000_000;
const MOST_TRPC_BYTES = 200_000;
/** Messages that one socket may send in ten seconds; a drag sends about twenty a second. */
const MOST_MESSAGES = 3_000;

/** `/ws/trpc` (subscriptions) and `/ws/collab` (documents). */
export function createSockets({ collab, log, actorOf, contextOf }: SocketsOptions): Sockets {
  const trpc = new WebSocketServer({ noServer: true, maxPayload: MOST_TRPC_BYTES });
  const documents = new WebSocketServer({ noServer: true, maxPayload: MOST_COLLAB_BYTES });
  const actors = new WeakMap<IncomingMessage, Actor | null>();

  const handler = applyWSSHandler({
    wss: trpc,
    router: appRouter,
    createContext: ({ req }) => contextOf(actors.get(req) ?? null),
    keepAlive: { enabled: true, pingMs: 20_000, pongWaitMs: 10_000 },
  });
  documents.on('connection', (socket, request) => collab.connect(socket, request, actors.get(request) ?? null));

  const guard = (socket: WebSocket) => {
    const messages = rateLimit(MOST_MESSAGES, 10_000);
    socket.on('message', () => {
      if (!messages.take('')) socket.close(1008, 'Too many messages');
    });
    socket.on('error', (error) => log.info({ err: error.message }, 'a socket failed'));
  };
  trpc.on('connection', guard);
  documents.on('connection', guard);

  return {
    upgrade(request, socket, head) {
      const path = (request.url ?? '').split('?')[0];
      const server = path === '/ws/trpc' ? trpc : path === '/ws/collab' ? documents : null;
      if (!server) return false;
      // Who it is must be known before the first message, which else would find nobody listening.
      actorOf(request).then(
        (actor) => {
          actors.set(request, actor);
          if (!socket.destroyed)
            server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request));
        },
        (error: unknown) => {
          log.warn({ err: error }, 'a socket was refused');
          refuse(socket, '503 Service Unavailable');
        },
      );
      return true;
    },
    async stop() {
      handler.broadcastReconnectNotification();
      await collab.stop();
      for (const server of [trpc, documents]) {
        for (const client of server.clients) client.close(1012, 'The service restarts');
        server.close();
      }
    },
  };
}

/** Ends an upgrade with a status line. */
export function refuse(socket: Duplex, status: string): void {
  if (!socket.destroyed) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
