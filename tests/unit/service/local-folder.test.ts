import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BlobStore } from '@/server/storage/blob-store';
import { localFolder } from '@/server/storage/local-folder';

let root: string;
let blobs: BlobStore;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netloom-blobs-'));
  blobs = localFolder(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
async function* pieces(...texts: string[]) {
  for (const text of texts) yield bytes(text);
}

test('what is put is read back, whole or as a stream, and can be replaced', async () => {
  expect(await blobs.put('runs/r1/weights', bytes('one'))).toEqual({ bytes: 3 });
  expect(await blobs.put('runs/r1/weights', pieces('tw', 'o!', ''))).toEqual({ bytes: 4 });
  expect(Buffer.from(await blobs.get('runs/r1/weights')).toString()).toBe('two!');
  const opened = await blobs.open('runs/r1/weights');
  expect(opened.bytes).toBe(4);
  expect((await buffer(opened.stream)).toString()).toBe('two!');
  expect(await blobs.size('runs/r1/weights')).toBe(4);
});

test('a write that breaks off is never visible and leaves nothing behind', async () => {
  await blobs.put('a/b', bytes('whole'));
  async function* torn() {
    yield bytes('ha');
    throw new Error('the line was cut');
  }
  await expect(blobs.put('a/b', torn())).rejects.toThrow('the line was cut');
  expect(Buffer.from(await blobs.get('a/b')).toString()).toBe('whole');
  expect(readdirSync(join(root, 'a'))).toEqual(['b']);
});

test('what a crash left unfinished is not listed', async () => {
  await blobs.put('runs/r1/checkpoints/10/weights', bytes('x'));
  await blobs.put('runs/r1/checkpoints/2/weights', bytes('x'));
  writeFileSync(join(root, 'runs/r1/checkpoints/2/.0011.part'), 'half');
  expect(await blobs.list('runs/r1')).toEqual(['runs/r1/checkpoints/10/weights', 'runs/r1/checkpoints/2/weights']);
  expect(await blobs.list('runs/none')).toEqual([]);
});

test('missing blobs are told apart from failures', async () => {
  expect(await blobs.size('none')).toBeNull();
  await expect(blobs.get('none')).rejects.toMatchObject({ code: 'not-found' });
  await expect(blobs.open('none/deeper')).rejects.toMatchObject({ code: 'not-found' });
  await blobs.remove('none');
});

test('removing a folder takes all below it and nothing beside it', async () => {
  await blobs.put('runs/r1/a', bytes('x'));
  await blobs.put('runs/r10/a', bytes('x'));
  await blobs.remove('runs/r1');
  expect(await blobs.list('runs')).toEqual(['runs/r10/a']);
});

test.each(['../outside', '/etc/passwd', 'a//b', 'a/../../b', '', '.hidden', 'a/.part', 'a\\b', 'a b', 'a\0b'])(
  'the key %j is refused',
  async (key) => {
    await expect(blobs.put(key, bytes('x'))).rejects.toThrow(/Not a blob key/);
    expect(existsSync(join(root, '..', 'outside'))).toBe(false);
  },
);
