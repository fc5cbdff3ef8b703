import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyDocument } from '@/lib/graph/document';
import { homeOf, type TestService, testService, type Visitor } from '@/tests/helpers/service';

let service: TestService;
let guest: Visitor;
let workspaceId: string;

beforeAll(async () => {
  service = await testService();
  guest = await service.guest();
  workspaceId = await homeOf(guest);
});
afterAll(() => service.stop());

const titles = async (removed?: boolean) =>
  (await guest.client.documents.list.query({ workspaceId, ...(removed ? { removed } : {}) })).map(({ title }) => title);

test('a guest has one personal workspace and owns it', async () => {
  const session = await guest.client.session.get.query();
  expect(session.user).toMatchObject({ guest: true, email: null });
  expect(session.workspaces).toEqual([{ id: workspaceId, title: 'My workspace', role: 'owner', personal: true }]);
});

test('documents are made from the gallery, from JSON and empty', async () => {
  const entry = await guest.client.documents.create.mutate({ workspaceId, from: { gallery: 'mnist-cnn' } });
  expect(entry).toMatchObject({ origin: 'mnist-cnn', workspaceId, lastRun: null });
  expect(entry.nodes).toBeGreaterThan(5);
  const document = { ...emptyDocument('From a file') };
  const file = await guest.client.documents.create.mutate({ workspaceId, from: { document } });
  expect(file).toMatchObject({ title: 'From a file', nodes: 0, origin: null });
  const empty = await guest.client.documents.create.mutate({ workspaceId, from: { empty: '  New one ' } });
  expect(empty.title).toBe('New one');
  expect(await titles()).toEqual(expect.arrayContaining([entry.title, 'From a file', 'New one']));
});

test('renaming changes the document itself, and a copy stands beside it', async () => {
  const { id } = await guest.client.documents.create.mutate({ workspaceId, from: { gallery: 'perceptron' } });
  const renamed = await guest.client.documents.rename.mutate({ id, title: 'My first neuron' });
  expect(renamed.title).toBe('My first neuron');
  expect((await service.web.services.live.read(id)).title).toBe('My first neuron');
  const copy = await guest.client.documents.duplicate.mutate({ id });
  expect(copy).toMatchObject({ title: 'My first neuron (copy)', nodes: renamed.nodes, origin: 'perceptron' });
  expect(copy.id).not.toBe(id);
});

test('a removed document is in the bin until it is restored', async () => {
  const { id } = await guest.client.documents.create.mutate({ workspaceId, from: { empty: 'To the bin' } });
  await guest.client.documents.remove.mutate({ id });
  expect(await titles()).not.toContain('To the bin');
  expect(await titles(true)).toContain('To the bin');
  await expect(guest.client.documents.get.query({ id })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } });
  await guest.client.documents.restore.mutate({ id });
  expect(await titles()).toContain('To the bin');
});

test.each([
  ['a newer schema', { schema: 9 }, /made by a newer Netloom/],
  ['no object', 'text', /not a document/],
  ['a wrong node', { ...emptyDocument('x'), graph: { nodes: { a: 5 }, edges: {} } }, /graph\.nodes\.a/],
  ['a title that is too long', emptyDocument('x'.repeat(400)), /title/],
])('%s is refused with a sentence', async (_, document, message) => {
  const made = guest.client.documents.create.mutate({ workspaceId, from: { document } });
  await expect(made).rejects.toMatchObject({ data: { code: 'BAD_REQUEST' }, message: expect.stringMatching(message) });
});

test('text that PostgreSQL cannot hold is cleaned or kept, never an error', async () => {
  const document = { ...emptyDocument('A\u0000title'), notes: ['zero \u0000 inside'] };
  const made = await guest.client.documents.create.mutate({ workspaceId, from: { document } });
  expect(made.title).toBe('A title');
  expect((await service.web.services.live.read(made.id)).notes).toEqual(['zero \u0000 inside']);
});
