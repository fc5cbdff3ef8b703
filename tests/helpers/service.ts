import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HocuspocusProviderConfiguration } from '@hocuspocus/provider';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { createTRPCClient, createWSClient, httpBatchLink, splitLink, wsLink } from '@trpc/client';
import superjson from 'superjson';
import { WebSocket } from 'ws';
import { members } from '@/drizzle/schema/members';
import { required } from '@/lib/base/invariant';
import type { Role } from '@/lib/protocol/service';
import type { AppRouter } from '@/server/api/router';
import { readEnv } from '@/server/env/env';
import { listenOn } from '@/server/web/listen-on';
import { openWeb, type Web } from '@/server/web/open-web';
import { testDatabase } from './postgres';

/** A browser's session without the browser: its cookie, its requests, its sockets. */
export interface Visitor {
  /** Null: a stranger without a session. */
  userId: string;
  cookie: string;
  client: ReturnType<typeof createTRPCClient<AppRouter>>;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The socket that carries subscriptions; null until the first one. */
  socket(): WebSocket | null;
  /** Opens a document as the editor does. */
  open(
    documentId: string,
    on?: Partial<Pick<HocuspocusProviderConfiguration, 'onAuthenticationFailed' | 'onStateless'>>,
  ): HocuspocusProvider;
  /** Ends its sockets. */
  leave(): void;
}

export interface TestService {
  web: Web;
  address: string;
  /** Runs that were handed to the queue. */
  queued: string[];
  home: string;
  stranger(): Visitor;
  guest(): Promise<Visitor>;
  /** A guest who is also a member of a workspace. */
  member(workspaceId: string, role: Role): Promise<Visitor>;
  /** As somebody with this cookie. */
  as(userId: string, cookie: string): Visitor;
  stop(): Promise<void>;
}

/** The web process' own parts in this process, without pages, on a fresh database and a port of the system's. */
export async function testService(): Promise<TestService> {
  const database = await testDatabase();
  const home = mkdtempSync(join(tmpdir(), 'netloom-home-'));
  const queued: string[] = [];
  const failures: unknown[] = [];
  const web = await openWeb({
    env: readEnv({ NETLOOM_HOME: home }, home),
    databaseUrl: database.url,
    secret: 'a secret of tests, long enough to be one',
    dev: false,
    pages: null,
    queue: {
      async enqueue(runId) {
        queued.push(runId);
      },
    },
    log: { error: (fields, message) => failures.push({ message, ...fields }), warn: () => {}, info: () => {} },
  });
  const address = `http://127.0.0.1:${await listenOn(web.server, 0, '127.0.0.1')}`;
  const visitors: Visitor[] = [];

  const as = (userId: string, cookie: string): Visitor => {
    const headers = { origin: address, ...(cookie ? { cookie } : {}) };
    let socket: WebSocket | null = null;
    class Socket extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols, { headers });
        socket = this;
      }
    }
    class CollabSocket extends WebSocket {
      constructor(url: string | URL) {
        super(url, { headers });
      }
    }
    const subscriptions = createWSClient({
      url: `${address.replace('http', 'ws')}/ws/trpc`,
      WebSocket: Socket as never,
      lazy: { enabled: true, closeMs: 0 },
      retryDelayMs: () => 50,
    });
    const opened: { provider: HocuspocusProvider; carrier: HocuspocusProviderWebsocket }[] = [];
    const visitor: Visitor = {
      userId,
      cookie,
      client: createTRPCClient<AppRouter>({
        links: [
          splitLink({
            condition: (operation) => operation.type === 'subscription',
            true: wsLink({ client: subscriptions, transformer: superjson }),
            false: httpBatchLink({ url: `${address}/api/trpc`, transformer: superjson, headers }),
          }),
        ],
      }),
      fetch: (path, init) => fetch(`${address}${path}`, { ...init, headers: { ...headers, ...init?.headers } }),
      socket: () => socket,
      open(documentId, on = {}) {
        const carrier = new HocuspocusProviderWebsocket({
          url: `${address.replace('http', 'ws')}/ws/collab`,
          WebSocketPolyfill: CollabSocket,
          delay: 100,
          minDelay: 50,
          maxDelay: 200,
        });
        const provider = new HocuspocusProvider({ name: documentId, websocketProvider: carrier, ...on });
        provider.attach();
        opened.push({ provider, carrier });
        return provider;
      },
      leave() {
        for (const { provider, carrier } of opened.splice(0)) {
          provider.destroy();
          carrier.destroy();
        }
        void subscriptions.close();
      },
    };
    visitors.push(visitor);
    return visitor;
  };

  const guest = async (): Promise<Visitor> => {
    const answer = await fetch(`${address}/api/auth/sign-in/anonymous`, {
      method: 'POST',
      headers: { origin: address, 'content-type': 'application/json' },
      body: '{}',
    });
    if (!answer.ok) throw new Error(`No guest: ${answer.status} ${await answer.text()}`);
    const { user } = (await answer.json()) as { user: { id: string } };
    return as(user.id, cookieOf(answer));
  };

  return {
    web,
    address,
    queued,
    home,
    as,
    stranger: () => as('', ''),
    guest,
    async member(workspaceId, role) {
      const visitor = await guest();
      await web.services.database.db.insert(members).values({ workspaceId, userId: visitor.userId, role });
      return visitor;
    },
    async stop() {
      for (const visitor of visitors) visitor.leave();
      await web.stop();
      await database.drop();
      rmSync(home, { recursive: true, force: true });
      if (failures.length) throw new Error(`The service logged failures: ${JSON.stringify(failures.slice(0, 3))}`);
    },
  };
}

/** What a browser would send back. */
export const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => required(cookie.split(';')[0], 'the cookie'))
    .join('; ');

/** The visitor's own workspace. */
export async function homeOf(visitor: Visitor): Promise<string> {
  const { workspaces } = await visitor.client.session.get.query();
  return required(workspaces[0], 'the personal workspace').id;
}

/** Resolves once `condition` holds, which is asked again at each `tick` of the event loop; the test's time limit is its end. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
