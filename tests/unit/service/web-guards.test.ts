import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { rateLimit } from '@/server/web/rate-limit';
import { isSameOrigin } from '@/server/web/same-origin';

const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;

test.each([
  ['our own page', { host: 'box:3000', origin: 'http://box:3000' }, true],
  ['our own page behind TLS', { host: 'net.school', origin: 'https://net.school' }, true],
  ['another port', { host: 'box:3000', origin: 'http://box:4000' }, false],
  ['another site', { host: 'box:3000', origin: 'http://evil.example' }, false],
  ['a sandboxed page', { host: 'box:3000', origin: 'null' }, false],
  ['a listed proxy', { host: 'inner:3000', origin: 'https://netloom.school' }, true],
  ['a program that is no browser', { host: 'box:3000' }, true],
  ['a browser that hides the origin', { host: 'box:3000', 'sec-fetch-site': 'cross-site' }, false],
])('%s', (_, headers, allowed) => {
  expect(isSameOrigin(request(headers), ['https://netloom.school'])).toBe(allowed);
});

test('a limit counts by key and begins anew with each window', () => {
  let now = 0;
  const limit = rateLimit(2, 1_000, () => now);
  expect([limit.take('a'), limit.take('a'), limit.take('a'), limit.take('b')]).toEqual([true, true, false, true]);
  now = 1_000;
  expect(limit.take('a')).toBe(true);
});
