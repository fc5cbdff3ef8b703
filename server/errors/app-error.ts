/**
 * What can go wrong on the server, as the other side needs to know it:
 * `not-found` also where a right is missing; `stale`: a slice that has been replaced; `unavailable`: try again.
 */
export type AppErrorCode =
  | 'unauthenticated'
  | 'not-found'
  | 'invalid'
  | 'conflict'
  | 'limit'
  | 'too-large'
  | 'rate-limited'
  | 'stale'
  | 'disk-full'
  | 'unavailable'
  | 'internal';

/** A failure with a sentence for people: what was expected, what came, what to do. Never a path or a stack trace. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: AppErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A missing thing and a missing right look the same from outside. */
export const notFound = (what: string): AppError =>
  new AppError('not-found', `This ${what} does not exist, or you may not see it.`);

/** The status that HTTP knows for each code. */
export const HTTP_STATUS: Record<AppErrorCode, number> = {
  unauthenticated: 401,
  'not-found': 404,
  invalid: 400,
  conflict: 409,
  limit: 403,
  'too-large': 413,
  'rate-limited': 429,
  stale: 409,
  'disk-full': 507,
  unavailable: 503,
  internal: 500,
};

/** Codes of the system and of PostgreSQL that mean: the database is away, not that the query is wrong. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
]);
/** The driver's own errors have no code. */
const AWAY_WORDS = /^(Connection terminated|timeout exceeded when trying to connect|Client .*not queryable)/;
const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** The codes of an error and its causes: Drizzle keeps the driver's error as the cause. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    if ('code' in at) codes.push(String(at.code));
    if (AWAY_WORDS.test(at.message)) codes.push('08006');
  }
  return codes;
}

/** Any thrown value as an `AppError`: what is not ours keeps its cause for the log and says nothing outside. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const codes = codesOf(error);
  if (codes.some((code) => AWAY.has(code))) {
    return new AppError('unavailable', 'The database is just starting again. Try again in a moment.', { cause: error });
  }
  if (codes.some((code) => DISK_FULL.has(code))) {
    return new AppError('disk-full', 'The disk of the server is full. Free some space and try again.', {
      cause: error,
    });
  }
  return new AppError('internal', 'Something went wrong on the server. Try again; the details are in its log.', {
    cause: error,
  });
}
