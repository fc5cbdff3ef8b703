import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { ZodError } from 'zod';
import type { Access, Target } from '@/server/domain/access.queries';
import { type Actor, authorise, requireActor } from '@/server/domain/authorise';
import { type Action, PERMISSIONS } from '@/server/domain/permissions';
import { type AppErrorCode, toAppError } from '@/server/errors/app-error';
import type { Context } from './context';
import type { Log } from './services';

/** The right that a procedure asks for, on the procedure itself: the permission test reads it there. */
export interface Meta {
  action: Action;
}

const CODES: Record<AppErrorCode, TRPCError['code']> = {
  unauthenticated: 'UNAUTHORIZED',
  'not-found': 'NOT_FOUND',
  invalid: 'BAD_REQUEST',
  conflict: 'CONFLICT',
  limit: 'FORBIDDEN',
  'too-large': 'PAYLOAD_TOO_LARGE',
  'rate-limited': 'TOO_MANY_REQUESTS',
  stale: 'CONFLICT',
  'disk-full': 'SERVICE_UNAVAILABLE',
  unavailable: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
};

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    transformer: superjson,
    // Stack traces and the library's own wording of bad input stay here.
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      message: messageOf(error),
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus },
    }),
  });

function messageOf(error: TRPCError): string {
  if (error.cause instanceof ZodError) {
    const issue = error.cause.issues[0];
    const path = issue?.path.join('.');
    return `${path ? `${path}: ` : ''}${issue?.message ?? 'This input is not understood'}.`;
  }
  return error.code === 'INTERNAL_SERVER_ERROR' ? toAppError(undefined).message : error.message;
}

/** Errors of ours get the code that the client knows; all others are logged and say nothing outside. */
function toTrpcError(error: unknown, path: string, log: Log): TRPCError {
  const known = toAppError(error);
  if (known.code === 'internal') log.error({ path, err: error }, 'a procedure failed');
  return new TRPCError({ code: CODES[known.code], message: known.message });
}

const readableErrors = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  const { error } = result;
  if (error.code !== 'INTERNAL_SERVER_ERROR' || !error.cause) return result;
  throw toTrpcError(error.cause, path, ctx.services.log);
});

/** The same for what a subscription throws once it runs. */
export async function* readably<T>(items: AsyncIterable<T>, path: string, log: Log): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    throw toTrpcError(error, path, log);
  }
}

/**
 * A procedure that asks for a right. About a resource: the resolver calls `ctx.authorise(target)` first of all, and a
 * resolver that forgets it fails. Else a session is enough.
 */
export const procedure = (action: Action) =>
  t.procedure
    .meta({ action })
    .use(readableErrors)
    .use(async ({ ctx, next, path }) => {
      const actor: Actor = requireActor(ctx.actor);
      let asked = PERMISSIONS[action] === 'signed-in';
      const result = await next({
        ctx: {
          actor,
          db: ctx.services.database.db,
          authorise(target: Target): Promise<Access> {
            asked = true;
            return authorise(ctx.services.database.db, actor, action, target);
          },
        },
      });
      if (result.ok && !asked) throw new Error(`${path} answered without asking for the right`);
      return result;
    });

export const { router, createCallerFactory } = t;
