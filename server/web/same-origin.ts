import type { IncomingMessage } from 'node:http';

/**
 * Whether a request that changes something, or opens a WebSocket, comes from a page of ours. Browsers always say where
 * such a request comes from, and other sites cannot forge it; programs outside a browser say nothing and carry no
 * cookies of a victim.
 */
export function isSameOrigin(request: IncomingMessage, further: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) {
    const site = request.headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }
  if (further.includes(origin)) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
