import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** On every answer. */
const ALWAYS: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'SAMEORIGIN',
  'Referrer-Policy': 'same-origin',
  // An isolated page takes a worker only from a script that says the same.
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Permissions-Policy': 'geolocation=(), microphone=(), payment=(), usb=()',
};

export function setCommonHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value);
}

/** For answers that are data, not pages: nothing in them may run or load anything. */
export function setDataHeaders(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
  response.setHeader('Cache-Control', 'no-store');
}

/**
 * The page's content security policy. Next.js reads the nonce from the request's own policy header and puts it on the
 * scripts that it writes into the page; `x-nonce` is for ours. Development needs `unsafe-eval` for hot reloading.
 */
export function setPageHeaders(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  const nonce = randomBytes(16).toString('base64');
  const host = request.headers.host ?? 'localhost';
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'${dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    // Older browsers do not count WebSockets as 'self'.
    `connect-src 'self' ws://${host} wss://${host} data: blob:`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ');
  request.headers['content-security-policy'] = policy;
  request.headers['x-nonce'] = nonce;
  response.setHeader('Content-Security-Policy', policy);
  if (isTrustworthy(request)) {
    // Threads in WebAssembly need an isolated page; over plain HTTP browsers ignore these and complain.
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  }
}

function isTrustworthy(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]' || host.endsWith('.localhost');
}
