import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { gallery } from '@/lib/gallery/gallery.generated';
import { emptyDocument } from '@/lib/graph/document';
import { appRouter } from '@/server/api/router';
import { cpuTime } from '@/tests/helpers/cpu-time';
import { homeOf, type TestService, testService, until, type Visitor } from '@/tests/helpers/service';

/** Whatever comes in: no 500, no crash, nothing slow. `service.stop` fails where the service logged an internal error. */
let service: TestService;
let owner: Visitor;
let workspaceId: string;
beforeAll(async () => {
  service = await testService();
  owner = await service.guest();
  workspaceId = await homeOf(owner);
});
afterAll(() => service.stop());

type Procedures = Record<string, { _def: { type: 'query' | 'mutation' | 'subscription' } }>;
const procedures = Object.entries((appRouter as unknown as { _def: { procedures: Procedures } })._def.procedures)
  .map(([path, { _def }]) => ({ path, type: _def.type }))
  // Tried elsewhere with a socket; this one's status is asked of a child process, which takes seconds.
  .filter(({ path, type }) => type !== 'subscription' && path !== 'engine.status');

async function call(path: string, type: string, input: unknown): Promise<number> {
  const json = JSON.stringify({ json: input ?? null });
  const answer =
    type === 'query'
      ? await owner.fetch(`/api/trpc/${path}?input=${encodeURIComponent(json)}`)
      : await owner.fetch(`/api/trpc/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: json,
        });
  await answer.arrayBuffer();
  return answer.status;
}

const key = fc.constantFrom(
  'id',
  'workspaceId',
  'documentId',
  'title',
  'from',
  'preset',
  'seed',
  'limit',
  'split',
  '__proto__',
);
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('\u0000', '../..', "'; drop table runs; --", 'x'.repeat(5_000), -1, 1e308, 0.5, '', 'upload:\u0000'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const input = fc.oneof(odd, fc.dictionary(key, odd, { maxKeys: 6 }));

describe.each(procedures)('$path', ({ path, type }) => {
  test('answers nonsense with a refusal', async () => {
    await fc.assert(
      fc.asyncProperty(input, async (value) => {
        const withIds =
          typeof value === 'object' && value !== null && !Array.isArray(value) ? { workspaceId, ...value } : value;
        expect(await call(path, type, withIds)).toBeLessThan(500);
      }),
      { seed: 11, numRuns: 30 },
    );
  });
});

test('documents with arbitrary damage are refused or kept, never an error', async () => {
  const { document } = gallery['mnist-cnn'] ?? { document: emptyDocument('x') };
  const paths = fc.array(fc.nat(40), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(paths, fc.jsonValue({ maxDepth: 1 }), async (path, value) => {
      const damaged = structuredClone(document) as unknown as Record<string, unknown>;
      let at = damaged;
      for (const [depth, step] of path.entries()) {
        const keys = Object.keys(at);
        const name = keys[step % Math.max(keys.length, 1)];
        if (name === undefined) break;
        const next = at[name];
        if (depth === path.length - 1 || typeof next !== 'object' || next === null) {
          at[name] = value;
          break;
        }
        at = next as Record<string, unknown>;
      }
      const status = await call('documents.create', 'mutation', { workspaceId, from: { document: damaged } });
      expect([200, 400]).toContain(status);
    }),
    { seed: 12, numRuns: 100 },
  );
});

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const manyNodes = () =>
  JSON.stringify({
    ...emptyDocument('Bomb'),
    graph: {
      nodes: Object.fromEntries(
        Array.from({ length: 100_000 }, (_, at) => [`n${at}`, { kind: 'dense', version: 1, name: 'd', params: {} }]),
      ),
      edges: {},
    },
  });

test.each([
  ['100,000 nodes', () => manyNodes()],
  ['100,000 arrays in each other', () => `{"schema":1,"title":"x","notes":${nested(100_000)}}`],
  ['a title of 10 MB', () => JSON.stringify(emptyDocument('x'.repeat(10_000_000)))],
  ['30 MB of anything', () => JSON.stringify('x'.repeat(30_000_000))],
])('a document of %s is refused fast', async (_, text) => {
  const body = `{"json":{"workspaceId":"${workspaceId}","from":{"document":${text()}}}}`;
  const spent = await cpuTime(async () => {
    const answer = await owner.fetch('/api/trpc/documents.create', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    await answer.arrayBuffer();
    expect([400, 413]).toContain(answer.status);
  });
  expect(spent).toBeLessThan(2_000);
});

test('garbage on the sockets ends the socket at most', async () => {
  // The library says so on the console for each one.
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const bytes = fc.sample(fc.uint8Array({ maxLength: 200 }), { seed: 13, numRuns: 100 });
  for (const path of ['/ws/collab', '/ws/trpc']) {
    for (let round = 0; round < 10; round++) {
      const socket = new WebSocket(`${service.address.replace('http', 'ws')}${path}`, {
        headers: { origin: service.address, cookie: owner.cookie },
      });
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('open', resolve));
      for (const piece of bytes.slice(round * 10, round * 10 + 10)) {
        if (path === '/ws/trpc') socket.send(Buffer.from(piece).toString('latin1'));
        else socket.send(piece);
      }
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.close();
      await closed;
    }
  }
  said.mockRestore();
  const { id } = await owner.client.documents.create.mutate({ workspaceId, from: { empty: 'Still here' } });
  const provider = owner.open(id);
  await until(() => provider.isSynced);
});

test('a flood of messages closes the socket that sends it', async () => {
  const socket = new WebSocket(`${service.address.replace('http', 'ws')}/ws/trpc`, {
    headers: { origin: service.address, cookie: owner.cookie },
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  for (let message = 0; message < 4_000; message++) socket.send('PING');
  expect(await closed).toBe(1008);
});
