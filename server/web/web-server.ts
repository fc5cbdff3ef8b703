import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import { sql } from 'drizzle-orm';
import type { Context } from '@/server/api/context';
import { appRouter } from '@/server/api/router';
import type { Services } from '@/server/api/services';
import type { Auth } from '@/server/auth/auth';
import { rowsOf } from '@/server/db/database';
import type { Actor } from '@/server/domain/authorise';
import { AppError, notFound, toAppError } from '@/server/errors/app-error';
import type { Collab } from '@/server/realtime/collab';
import { answerError, answerJson } from './answer';
import { handleAssetUpload } from './asset-route';
import { addressOf, handleAuth, webHeaders } from './auth-route';
import { handleDatasetUpload } from './dataset-route';
import { setCommonHeaders, setDataHeaders, setPageHeaders } from './headers';
import { rateLimit } from './rate-limit';
import { handleRunExport } from './run-export-route';
import { isSameOrigin } from './same-origin';
import { createSockets, refuse } from './sockets';

/** The pages: Next.js, or nothing in tests. */
export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

export interface WebServerOptions {
  services: Services;
  auth: Auth;
  collab: Collab;
  uploads: string;
  origins: string[];
  dev: boolean;
  pages: Pages | null;
}

export interface WebServer {
  server: Server;
  stop(): Promise<void>;
}

/** What takes in files, by address. */
const UPLOADS: Record<string, typeof handleDatasetUpload> = {
  '/api/datasets': handleDatasetUpload,
  '/api/assets': handleAssetUpload,
};

/** A document as JSON fits well; more is a mistake or an attack. */
const MOST_TRPC_BODY = 20_000_000;
/** Requests of one address in ten seconds: a whole class may share one. */
const MOST_REQUESTS = 3_000;

/** Everything on one port: pages, procedures, sign-in, uploads, exports, WebSockets. */
export function createWebServer(options: WebServerOptions): WebServer {
  const { services, auth, collab, origins } = options;
  const { log } = services;
  const requests = rateLimit(MOST_REQUESTS, 10_000);
  const contextOf = (actor: Actor | null): Context => ({ actor, services });
  const actorOf = (request: IncomingMessage) => auth.actorOf(webHeaders(request));
  const sockets = createSockets({ collab, log, actorOf, contextOf });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === '/healthz') return answerJson(response, 200, { ok: true });
    if (path === '/readyz') return readiness(services, response);
    if (!path.startsWith('/api/')) {
      if (!options.pages) throw notFound('page');
      if (!path.startsWith('/_next/')) setPageHeaders(request, response, options.dev);
      return options.pages.handle(request, response);
    }
    setDataHeaders(response);
    if (!requests.take(addressOf(request))) {
      throw new AppError('rate-limited', 'Too many requests from this address. Wait ten seconds and try again.');
    }
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (changes && !isSameOrigin(request, origins)) {
      throw new AppError('invalid', 'This request comes from another site and is refused.');
    }
    if (path.startsWith('/api/auth/')) return handleAuth(auth, request, response);
    if (path.startsWith('/api/trpc/')) {
      return nodeHTTPRequestHandler({
        router: appRouter,
        path: path.slice('/api/trpc/'.length),
        req: request,
        res: response,
        maxBodySize: MOST_TRPC_BODY,
        createContext: async () => contextOf(await actorOf(request)),
      });
    }
    const takeUpload = request.method === 'POST' ? UPLOADS[path] : undefined;
    if (takeUpload) {
      const place = { db: services.database.db, uploads: options.uploads };
      return takeUpload(place, await actorOf(request), request, response);
    }
    const exported = /^\/api\/runs\/([\w-]{1,80})\/export\/([\w-]{1,40})$/.exec(path);
    if (exported && request.method === 'GET') {
      const [, runId = '', format = ''] = exported;
      const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const fn = searchParams.get('function') ?? undefined;
      const checkpoint = searchParams.get('checkpoint') ?? undefined;
      return handleRunExport(services, await actorOf(request), { runId, format, fn, checkpoint }, response);
    }
    throw notFound('address');
  }

  const server = createServer((request, response) => {
    setCommonHeaders(response);
    route(request, response).catch((error: unknown) => {
      const known = toAppError(error);
      if (known.code === 'internal') {
        const id = randomBytes(6).toString('hex');
        log.error({ err: error, url: request.url, id }, 'a request failed');
      }
      answerError(response, known);
    });
  });
  // Uploads may be slow, headers may not.
  server.requestTimeout = 15 * 60_000;
  server.headersTimeout = 20_000;

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if ((request.url ?? '').startsWith('/ws/')) {
      if (!isSameOrigin(request, origins)) refuse(socket, '403 Forbidden');
      else if (!sockets.upgrade(request, socket, head)) refuse(socket, '404 Not Found');
    } else if (options.pages) {
      options.pages.upgrade(request, socket, head).catch(() => socket.destroy());
    } else {
      refuse(socket, '404 Not Found');
    }
  });

  return {
    server,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      await sockets.stop();
      server.closeIdleConnections();
      // What still runs gets a moment, such as a download.
      const late = setTimeout(() => server.closeAllConnections(), 1_500);
      await closed;
      clearTimeout(late);
    },
  };
}

/** Ready means: the database answers. */
async function readiness(services: Services, response: ServerResponse): Promise<void> {
  try {
    await rowsOf(services.database.db, sql`select 1`);
    answerJson(response, 200, { ready: true });
  } catch (error) {
    answerJson(response, 503, { ready: false, reason: toAppError(error).message });
  }
}
