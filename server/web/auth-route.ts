import type { IncomingMessage, ServerResponse } from 'node:http';
import { ADDRESS_HEADER, type Auth } from '@/server/auth/auth';
import { AppError } from '@/server/errors/app-error';

const MOST_BYTES = 64_000;

/** The request's headers, with the caller's address as the socket knows it, whatever the caller claims. */
export function webHeaders(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  headers.set(ADDRESS_HEADER, addressOf(request));
  return headers;
}

export const addressOf = (request: IncomingMessage): string => request.socket.remoteAddress ?? 'unknown';

/** Hands `/api/auth/*` to the sign-in library. */
export async function handleAuth(auth: Auth, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  const answer = await auth.handler(
    new Request(`http://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`, {
      method: request.method ?? 'GET',
      headers: webHeaders(request),
      ...(hasBody ? { body: await readBody(request) } : {}),
    }),
  );
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value);
  const cookies = answer.headers.getSetCookie();
  if (cookies.length) response.setHeader('Set-Cookie', cookies);
  response.end(Buffer.from(await answer.arrayBuffer()));
}

async function readBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new AppError('too-large', 'This request is larger than a sign-in needs.');
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
