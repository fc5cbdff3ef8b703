import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatasetCard } from '@/lib/datasets/card';
import { labelField } from '@/lib/datasets/fields';
import { nodeDatasets, uploadFile } from '@/server/domain/datasets/open-dataset';
import { type PackedDataset, readPacked, readPackedCard, writePacked } from '@/server/domain/datasets/packed-dataset';
import { parseIdx } from '@/server/domain/datasets/read-idx';

describe('IDX', () => {
  it('reads sizes and bytes', () => {
    const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9);
    expect(parseIdx(bytes, 'x')).toEqual({ shape: [1, 3], data: Uint8Array.of(7, 8, 9) });
  });

  it('refuses other files and lying sizes', () => {
    expect(() => parseIdx(Uint8Array.of(1, 2, 3), 'labels')).toThrow('labels is not an IDX file');
    expect(() => parseIdx(Uint8Array.of(0, 0, 8, 1, 255, 255, 255, 255, 1), 'labels')).toThrow('4294967295 bytes');
  });
});

describe('packed data set', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'netloom-packed-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const card: DatasetCard = {
    id: 'upload:abc',
    title: 'Own',
    summary: 'Mine',
    fields: { label: labelField(['a', 'b']) },
    counts: { train: 1, validation: 1, test: 1 },
    licence: 'own',
    source: 'here',
  };
  const dataset: PackedDataset = {
    card,
    columns: {
      label: { data: Int32Array.of(0, 1, 1), shape: [3] },
      image: { data: Uint8Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] },
      features: { data: Float32Array.of(1.5, -2, 3.25), shape: [3, 1] },
      text: { data: ['grün', '', '"'], shape: [3] },
    },
    rows: { train: Int32Array.of(2), validation: Int32Array.of(0), test: Int32Array.of(1) },
  };

  it('survives the disk unchanged and is found by its id', async () => {
    const file = uploadFile(folder, 'upload:abc') ?? '';
    await writePacked(file, dataset);
    expect(await readPacked(file)).toEqual(dataset);
    expect(readPackedCard(file)).toEqual(card);
    const host = nodeDatasets({ uploads: folder });
    expect(host.cards()['upload:abc']).toEqual(card);
    const opened = await host.open('upload:abc', {});
    expect(opened.read('train', [0], ['text', 'features', 'index'])).toEqual({
      text: { data: ['"'], shape: [1] },
      features: { data: Float32Array.of(3.25), shape: [1, 1] },
      index: { data: Int32Array.of(0), shape: [1] },
    });
  });

  it('refuses what is cut short, foreign or outside the folder', async () => {
    const file = path.join(folder, 'cut.packed');
    const bytes = await writePacked(file, dataset);
    await truncate(file, bytes - 40);
    await expect(readPacked(file)).rejects.toThrow('cut short');
    await writeFile(file, 'something else entirely');
    await expect(readPacked(file)).rejects.toThrow('not a packed data set');
    await writeFile(path.join(folder, 'bad.netdata'), 'something else entirely');
    expect(Object.keys(nodeDatasets({ uploads: folder }).cards())).toContain('upload:abc');
    expect(uploadFile(folder, 'upload:../../etc/passwd')).toBeNull();
    await expect(nodeDatasets({ uploads: folder }).open('upload:none', {})).rejects.toThrow('upload it again');
  });
});
