import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { anonymous } from 'better-auth/plugins/anonymous';
import { account } from '@/drizzle/schema/account';
import { session } from '@/drizzle/schema/session';
import { user } from '@/drizzle/schema/user';
import { verification } from '@/drizzle/schema/verification';
import type { Db } from '@/server/db/database';
import type { Actor } from '@/server/domain/authorise';
import { adoptGuest } from '@/server/domain/workspaces/adopt-guest';
import { ensurePersonalWorkspace } from '@/server/domain/workspaces/personal-workspace';
import { guestName } from './guest-name';

export interface AuthOptions {
  db: Db;
  secret: string;
  /** Addresses beside the one that the request itself names, such as a proxy's. */
  origins: string[];
}

/** Set by our HTTP server from the socket, whatever the client sent: see `server/web/client-address.ts`. */
export const ADDRESS_HEADER = 'x-netloom-address';

export interface Auth {
  /** Answers `/api/auth/*`. */
  handler(request: Request): Promise<Response>;
  /** Who a request's cookies belong to; null: nobody. */
  actorOf(headers: Headers): Promise<Actor | null>;
  /** Makes a guest; the answer's cookies are for the browser. */
  signInGuest(headers: Headers): Promise<Headers>;
}

/** Sign-in with e-mail and password, and guests. Works under whatever name the service is reached, also plain HTTP. */
export function createAuth({ db, secret, origins }: AuthOptions): Auth {
  const options = {
    appName: 'Netloom',
    secret,
    basePath: '/api/auth',
    // The address is the request's own: a classroom reaches the machine by name, by number or as localhost.
    baseURL: { allowedHosts: ['*'], protocol: 'auto' },
    trustedOrigins: (request) => [...origins, ...ownOrigins(request)],
    database: drizzleAdapter(db, { provider: 'pg', schema: { user, session, account, verification } }),
    emailAndPassword: { enabled: true, requireEmailVerification: false, minPasswordLength: 8, maxPasswordLength: 200 },
    session: { expiresIn: 60 * 60 * 24 * 60, updateAge: 60 * 60 * 24 },
    rateLimit: {
      enabled: true,
      window: 10,
      max: 200,
      // A whole class may sit behind one address, and sign in at the same minute.
      customRules: {
        '/sign-in/email': { window: 60, max: 60 },
        '/sign-up/email': { window: 60, max: 60 },
        '/sign-in/anonymous': { window: 60, max: 120 },
      },
    },
    advanced: {
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      useSecureCookies: false,
      cookiePrefix: 'netloom',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
    telemetry: { enabled: false },
    logger: { level: 'error' },
    plugins: [
      anonymous({
        generateName: () => guestName(),
        onLinkAccount: ({ anonymousUser, newUser }) => adoptGuest(db, anonymousUser.user.id, newUser.user.id),
      }),
    ],
    databaseHooks: { user: { create: { after: async (made) => void (await ensurePersonalWorkspace(db, made.id)) } } },
  } satisfies BetterAuthOptions;
  const auth = betterAuth(options);

  return {
    handler: (request) => auth.handler(request),
    async actorOf(headers) {
      const found = await auth.api.getSession({ headers });
      if (!found) return null;
      const { id, name, email, isAnonymous } = found.user;
      const guest = isAnonymous === true;
      return { id, name, email: guest ? null : email, guest };
    },
    async signInGuest(headers) {
      const answer = await auth.api.signInAnonymous({ headers, asResponse: true });
      return answer.headers;
    },
  };
}

/** The address that the request was sent to. */
function ownOrigins(request: Request | undefined): string[] {
  const host = request?.headers.get('host');
  return host ? [`http://${host}`, `https://${host}`] : [];
}
