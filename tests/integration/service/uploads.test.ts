import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { required } from '@/lib/base/invariant';
import { writeSafetensors } from '@/lib/export/safetensors/write-safetensors';
import { cpuTime } from '@/tests/helpers/cpu-time';
import { homeOf, type TestService, testService, type Visitor } from '@/tests/helpers/service';

let service: TestService;
let owner: Visitor;
let workspaceId: string;
beforeAll(async () => {
  service = await testService();
  owner = await service.guest();
  workspaceId = await homeOf(owner);
});
afterAll(() => service.stop());

const TABLE = ['x,y,kind', ...Array.from({ length: 60 }, (_, row) => `${row},${60 - row},${row % 2 ? 'odd' : 'even'}`)];

async function upload(body: BodyInit, filename = 'points.csv', query = ''): Promise<{ status: number; json: Answer }> {
  const answer = await owner.fetch(`/api/datasets?workspaceId=${workspaceId}${query}`, {
    method: 'POST',
    headers: { 'x-filename': encodeURIComponent(filename), 'content-type': 'application/octet-stream' },
    body,
  });
  return { status: answer.status, json: (await answer.json()) as Answer };
}

interface Answer {
  card?: { id: string; title: string; fields: Record<string, unknown> };
  diagnostics?: { message: string }[];
  error?: { code: string; message: string };
}

const files = () => (existsSync(join(service.home, 'uploads')) ? readdirSync(join(service.home, 'uploads')) : []);

test('a table becomes a data set of the workspace: listed, previewed, trained on, removed', async () => {
  const { status, json } = await upload(TABLE.join('\n'), 'Gerade & ungerade.csv', '&target=kind');
  expect(status).toBe(200);
  expect(json.card).toMatchObject({ title: 'Gerade & ungerade' });
  const id = json.card?.id ?? '';
  expect(id).toMatch(/^upload:/);
  const cards = await owner.client.datasets.list.query({ workspaceId });
  expect(cards[0]?.id).toBe(id);
  expect(cards.map((card) => card.id)).toContain('mnist');
  const preview = await owner.client.datasets.preview.query({ workspaceId, id });
  expect(preview.rows).toBeGreaterThan(0);

  const other = await service.guest();
  const elsewhere = await homeOf(other);
  expect((await other.client.datasets.list.query({ workspaceId: elsewhere })).map((card) => card.id)).not.toContain(id);
  const peek = other.client.datasets.preview.query({ workspaceId: elsewhere, id });
  await expect(peek).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } });

  await owner.client.datasets.remove.mutate({ workspaceId, id });
  expect((await owner.client.datasets.list.query({ workspaceId })).map((card) => card.id)).not.toContain(id);
  expect(files()).toEqual([]);
});

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const archive = Buffer.from(zipSync({ 'cats/1.png': png, 'dogs/1.png': png }));

test.each<[string, BodyInit, string]>([
  ['nothing', '', 'empty.csv'],
  ['text in a number column', TABLE.map((line, at) => (at === 30 ? '1,abc,odd' : line)).join('\n'), 'wrong.csv'],
  ['a picture alone', png, 'picture.png'],
  ['a truncated archive', archive.subarray(0, archive.length - 30), 'cut.zip'],
  ['an archive of broken pictures', archive, 'broken.zip'],
  ['a row of 5,000 columns', Array.from({ length: 5_000 }, (_, at) => `c${at}`).join(','), 'wide.csv'],
])('%s is answered with a diagnostic or a note, at once, and nothing stays behind', async (_, body, filename) => {
  let answer: Awaited<ReturnType<typeof upload>> | undefined;
  const spent = await cpuTime(async () => {
    answer = await upload(body, filename, '&target=kind');
  });
  expect(spent).toBeLessThan(1_000);
  const { status, json } = required(answer, 'the answer');
  expect([200, 422]).toContain(status);
  if (status === 422) {
    expect(json.diagnostics?.[0]?.message).toMatch(/\w.*\./);
    expect(files().filter((name) => name.endsWith('.raw'))).toEqual([]);
  }
});

test('trained weights become a file of the workspace: listed with its tensors, removed', async () => {
  const send = async (body: Uint8Array, filename: string) => {
    const answer = await owner.fetch(`/api/assets?workspaceId=${workspaceId}`, {
      method: 'POST',
      headers: { 'x-filename': encodeURIComponent(filename) },
      body: Buffer.from(body),
    });
    return { status: answer.status, json: (await answer.json()) as Answer };
  };
  const before = files();
  const bytes = writeSafetensors({ 'dense/kernel': { data: Float32Array.of(1, 2), shape: [1, 2] } }, {});
  for (const bad of [bytes.subarray(0, bytes.length - 3), new Uint8Array(), Buffer.from(TABLE.join('\n'))]) {
    const { status, json } = await send(bad, 'bad.safetensors');
    expect(status).toBe(422);
    expect(json.diagnostics?.[0]?.message).toMatch(/Export it again\./);
  }
  expect(files()).toEqual(before);
  const { status, json } = await send(bytes, '../../weights.safetensors');
  expect(status).toBe(200);
  const tensors = { 'dense/kernel': { shape: [1, 2], dtype: 'float32' } };
  const card = { id: json.card?.id, title: 'weights.safetensors', tensors };
  expect(await owner.client.assets.list.query({ workspaceId })).toEqual([card]);
  expect(files()).toHaveLength(before.length + 1);
  await owner.client.assets.remove.mutate({ workspaceId, id: json.card?.id ?? '' });
  expect(await owner.client.assets.list.query({ workspaceId })).toEqual([]);
  expect(files()).toEqual(before);
});

test('a name that is no name and a workspace that is none are refused', async () => {
  const bad = await owner.fetch(`/api/datasets?workspaceId=${workspaceId}`, {
    method: 'POST',
    headers: { 'x-filename': '%E0%A4%A' },
    body: TABLE.join('\n'),
  });
  expect(bad.status).toBe(400);
  const nowhere = await owner.fetch('/api/datasets', { method: 'POST', body: 'x' });
  expect(nowhere.status).toBe(404);
});

test('a file name is never a path', async () => {
  const { status, json } = await upload(TABLE.join('\n'), '../../../etc/passwd.csv', '&target=kind');
  expect(status).toBe(200);
  expect(json.card?.title).toBe('passwd');
  for (const name of files()) expect(name).toMatch(/^[a-z0-9]+\.netdata$/);
});
