import { afterAll, beforeAll, expect, test } from 'vitest';
import { residualNetwork } from '@/lib/gallery/residual-network';
import { apply } from '@/lib/graph/apply';
import { bringBlock, packBlock, replaceBlock } from '@/lib/graph/blocks/library-block';
import type { Document } from '@/lib/graph/document';
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

const document = residualNetwork({
  title: 'Residual',
  depth: 18,
  dataset: 'fashion-mnist',
  classes: 10,
  iterations: 10,
});
const [block = ''] = Object.keys(document.blocks);
const pack = (from: Document, id = block) => packBlock(from, id) ?? expect.fail('no block');
const list = () => guest.client.library.list.query({ workspaceId });

test('the same block has the same hash, whoever publishes it and wherever its nodes stand', async () => {
  const first = await guest.client.library.publish.mutate({ workspaceId, content: pack(document) });
  const moved = structuredClone(document);
  for (const place of Object.values(moved.layout[block] ?? {})) place.x += 100;
  const again = await guest.client.library.publish.mutate({ workspaceId, content: pack(moved), id: first.id });
  expect(again).toEqual(first);
  expect(await list()).toEqual([
    expect.objectContaining({ ...first, title: document.blocks[block]?.title, inputs: document.blocks[block]?.inputs }),
  ]);

  const changed = structuredClone(document);
  Object.assign(changed.blocks[block] ?? {}, { title: 'Deeper' });
  const next = await guest.client.library.publish.mutate({ workspaceId, content: pack(changed), id: first.id });
  expect(next.hash).not.toBe(first.hash);
  expect((await list()).map(({ title, hash }) => [title, hash])).toEqual([['Deeper', next.hash]]);
  await guest.client.library.remove.mutate({ workspaceId, id: first.id });
  expect(await list()).toEqual([]);
});

test('what comes out of the library is what went in, and a published copy has the same hash', async () => {
  const made = await guest.client.library.publish.mutate({ workspaceId, content: pack(document) });
  const { content } = await guest.client.library.get.query({ workspaceId, id: made.id });
  expect(content).toEqual(pack(document));
  const { id, commands } = bringBlock(content, made);
  const applied = apply(document, { do: 'batch', title: 'Bring', commands });
  if (!('document' in applied)) throw new Error(applied.diagnostic.message);
  expect(applied.document.blocks[id]?.library).toEqual(made);
  expect(pack(applied.document, id)).toEqual(content);
  // Its uses take the new one, and nothing is left of the old.
  const { id: updated, command } = replaceBlock(applied.document, block, content, made);
  const after = apply(applied.document, command);
  if (!('document' in after)) throw new Error(after.diagnostic.message);
  expect(after.document.blocks[block]).toBeUndefined();
  expect(Object.values(after.document.graph.nodes).some(({ params }) => params.block === updated)).toBe(true);
  expect(Object.keys(after.document.blocks)).toHaveLength(Object.keys(applied.document.blocks).length);
  expect(apply(after.document, after.inverse)).toMatchObject({ document: applied.document });
});

test('what is no block is refused with what was expected', async () => {
  const publish = (content: unknown) => guest.client.library.publish.mutate({ workspaceId, content });
  for (const content of [
    null,
    {},
    { root: 'b0', blocks: {}, layout: {} },
    { root: 'x', blocks: { x: {} }, layout: {} },
  ])
    await expect(publish(content)).rejects.toMatchObject({ data: { code: 'BAD_REQUEST' }, message: /not a block/ });
  await expect(
    guest.client.library.publish.mutate({ workspaceId, content: pack(document), id: 'l-none' }),
  ).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } });
});
