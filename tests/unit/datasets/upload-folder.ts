import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { type Upload, type UploadOutcome, uploadDataset } from '@/server/domain/datasets/upload-dataset';

/** An uploads folder for each test; `upload` sends bytes to it as a browser would, in pieces. */
export function uploadFolder() {
  const state = { folder: '' };
  beforeEach(async () => {
    state.folder = await mkdtemp(path.join(tmpdir(), 'netloom-upload-'));
  });
  afterEach(() => rm(state.folder, { recursive: true }));

  async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000);
  }

  const upload = (filename: string, content: string | Uint8Array, options: Partial<Upload> = {}) =>
    uploadDataset({
      id: 'test1',
      filename,
      body: pieces(typeof content === 'string' ? Buffer.from(content) : content),
      folder: state.folder,
      ...options,
    });

  return {
    state,
    upload,
    /** Uploads what must be taken in. */
    async accept(...args: Parameters<typeof upload>) {
      const outcome = await upload(...args);
      if ('diagnostics' in outcome) throw new Error(outcome.diagnostics.map((d) => d.message).join('\n'));
      expect(await readdir(state.folder)).toEqual(['test1.netdata']);
      return outcome;
    },
    /** Uploads what must be refused; gives the messages, and checks that nothing was left behind. */
    async refuse(...args: Parameters<typeof upload>) {
      const outcome: UploadOutcome = await upload(...args);
      if (!('diagnostics' in outcome)) throw new Error('was taken in');
      expect(await readdir(state.folder)).toEqual([]);
      expect(outcome.diagnostics[0]?.severity).toBe('error');
      return outcome.diagnostics;
    },
  };
}
