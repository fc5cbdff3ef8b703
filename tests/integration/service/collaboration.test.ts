import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents } from '@/drizzle/schema/documents';
import { STORED, stateName } from '@/lib/collab/state-name';
import { applyToYjs, readDocument } from '@/lib/collab/yjs-document';
import type { Node } from '@/lib/graph/document';
import { homeOf, type TestService, testService, until, type Visitor } from '@/tests/helpers/service';

let service: TestService;
let owner: Visitor;
let workspaceId: string;
beforeAll(async () => {
  service = await testService();
  owner = await service.guest();
  workspaceId = await homeOf(owner);
});
afterAll(() => service.stop());

const dense = (name: string): Node => ({ kind: 'dense', version: 1, name, params: { units: 3 } });
const newDocument = async () =>
  (await owner.client.documents.create.mutate({ workspaceId, from: { empty: 'Shared' } })).id;
const synced = (provider: { isSynced: boolean }) => until(() => provider.isSynced);

test('two people see each other’s edits, and both are in the database afterwards', async () => {
  const id = await newDocument();
  const editor = await service.member(workspaceId, 'editor');
  const [one, two] = [owner.open(id), editor.open(id)];
  await Promise.all([synced(one), synced(two)]);

  applyToYjs(one.document, { do: 'add-node', graph: 'main', id: 'n1', node: dense('first') });
  await until(() => readDocument(two.document).graph.nodes.n1 !== undefined);
  applyToYjs(two.document, { do: 'set-param', graph: 'main', id: 'n1', param: 'units', value: 7 });
  await until(() => readDocument(one.document).graph.nodes.n1?.params.units === 7);

  editor.leave();
  owner.leave();
  await until(() => isStored(id, 7));
  const again = owner.open(id);
  await synced(again);
  expect(readDocument(again.document).graph.nodes.n1).toMatchObject({ name: 'first', params: { units: 7 } });
  expect(await owner.client.documents.get.query({ id })).toMatchObject({ nodes: 1, role: 'owner' });
});

async function isStored(id: string, units: number): Promise<boolean> {
  const [row] = await service.web.services.database.db.select().from(documents).where(eq(documents.id, id));
  return row?.snapshot.graph.nodes.n1?.params.units === units;
}

test('edits made without a connection merge when it comes back', async () => {
  const id = await newDocument();
  const editor = await service.member(workspaceId, 'editor');
  const [one, two] = [owner.open(id), editor.open(id)];
  await Promise.all([synced(one), synced(two)]);
  two.configuration.websocketProvider.disconnect();
  await until(() => !two.isSynced);
  applyToYjs(two.document, { do: 'add-node', graph: 'main', id: 'away', node: dense('away') });
  applyToYjs(one.document, { do: 'add-node', graph: 'main', id: 'here', node: dense('here') });
  await two.configuration.websocketProvider.connect();
  await until(() => Object.keys(readDocument(one.document).graph.nodes).length === 2);
  await until(() => Object.keys(readDocument(two.document).graph.nodes).length === 2);
  expect(Object.keys(readDocument(one.document).graph.nodes).sort()).toEqual(['away', 'here']);
});

test('what is said to be stored is named: the editor knows that all its edits and deletions are in it', async () => {
  const id = await newDocument();
  let stored = '';
  const one = owner.open(id, {
    onStateless: ({ payload }) => {
      if (payload.startsWith(STORED)) stored = payload.slice(STORED.length);
    },
  });
  await synced(one);
  applyToYjs(one.document, { do: 'add-node', graph: 'main', id: 'n1', node: dense('first') });
  await until(() => stored === stateName(one.document));
  const before = stored;
  applyToYjs(one.document, { do: 'remove-node', graph: 'main', id: 'n1' });
  expect(stateName(one.document)).not.toBe(before);
  await until(() => stored === stateName(one.document));
});

test('a viewer sees all and changes nothing', async () => {
  const id = await newDocument();
  const viewer = await service.member(workspaceId, 'viewer');
  const [one, watching] = [owner.open(id), viewer.open(id)];
  await Promise.all([synced(one), synced(watching)]);
  applyToYjs(watching.document, { do: 'add-node', graph: 'main', id: 'mine', node: dense('mine') });
  applyToYjs(one.document, { do: 'add-node', graph: 'main', id: 'theirs', node: dense('theirs') });
  await until(() => readDocument(watching.document).graph.nodes.theirs !== undefined);
  expect(Object.keys(readDocument(one.document).graph.nodes)).toEqual(['theirs']);
});

test('strangers, other guests and removed documents are refused alike', async () => {
  const id = await newDocument();
  const removed = await newDocument();
  await owner.client.documents.remove.mutate({ id: removed });
  const other = await service.guest();
  const attempts: [Visitor, string][] = [
    [service.stranger(), id],
    [other, id],
    [other, 'there-is-none'],
    [owner, removed],
  ];
  for (const [visitor, document] of attempts) {
    const reason = await new Promise<string>((resolve) => {
      visitor.open(document, { onAuthenticationFailed: ({ reason: why }) => resolve(why) });
    });
    expect(reason).toBe('permission-denied');
  }
});

test('a socket that a foreign page opens is refused', async () => {
  const { WebSocket } = await import('ws');
  for (const path of ['/ws/collab', '/ws/trpc']) {
    const socket = new WebSocket(`${service.address.replace('http', 'ws')}${path}`, {
      headers: { origin: 'http://elsewhere.example', cookie: owner.cookie },
    });
    const status = await new Promise((resolve) => {
      socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode));
      socket.on('open', () => resolve('open'));
      socket.on('error', () => undefined);
    });
    expect(status).toBe(403);
  }
});
