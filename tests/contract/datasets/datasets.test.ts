import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openRows } from '@/app/_preview/open-rows';
import type { OpenDataset, Split } from '@/lib/datasets/card';
import { datasets } from '@/lib/datasets/datasets.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { previewDataset } from '@/server/domain/datasets/preview-dataset';
import { rowsOfDataset } from '@/server/domain/datasets/rows-of-dataset';

const CACHE = path.join(tmpdir(), 'netloom-test-datasets');
const SPLITS: Split[] = ['train', 'validation', 'test'];
const host = nodeDatasets({ cache: CACHE });
const cards = host.cards();

it('finds data sets', () => {
  expect(Object.keys(datasets).length).toBeGreaterThanOrEqual(12);
});

describe.each(Object.entries(datasets))('%s', (id, definition) => {
  const { card } = definition;

  it('has a complete card of plain JSON', () => {
    expect(card.id).toBe(id);
    expect(JSON.parse(JSON.stringify(card))).toEqual(card);
    for (const text of [card.title, card.summary, card.licence, card.source])
      expect(text.trim().length).toBeGreaterThan(2);
    expect(Object.keys(card.fields).length).toBeGreaterThanOrEqual(2);
    for (const [name, field] of Object.entries(card.fields)) {
      expect(name).not.toBe('index');
      expect(field.spec.shape?.[0]).toBe('batch');
      if (field.classes) expect(field.spec.classes).toBe(field.classes.length);
      if (field.columns) expect(field.spec.shape?.at(-1)).toBe(field.columns.length);
      if (field.stored === 'uint8') expect(field.spec).toMatchObject({ dtype: 'float32', range: [0, 1] });
      else expect(field.spec.dtype).toBe(field.stored);
    }
  });

  it('says what to do where its files are missing', () => {
    const bare = nodeDatasets({ environment: { NETLOOM_MNIST: '/nowhere', NETLOOM_FASHION_MNIST: '/nowhere' } });
    const missing = bare.cards()[id]?.missing;
    if ('files' in definition && definition.files.format === 'idx') expect(missing).toMatch(/install|folder/);
    else expect(missing).toBeUndefined();
  });
});

const present = Object.values(cards).filter((card) => !card.missing);

describe.each(present.map((card) => [card.id, card] as const))('rows of %s', (id, card) => {
  let dataset: OpenDataset;
  beforeAll(async () => {
    dataset = await host.open(id, {});
  });
  const fields = Object.keys(card.fields);
  const head = (split: Split, rows: number) =>
    dataset.read(
      split,
      Int32Array.from({ length: Math.min(rows, card.counts[split]) }, (_, row) => row),
      fields,
    );

  it.each(SPLITS)('has as many rows in %s as the card says, all of the stated form', (split) => {
    const count = card.counts[split];
    const read = dataset.read(split, [0, count - 1], fields);
    expect(() => dataset.read(split, [count], fields)).toThrow();
    for (const [name, field] of Object.entries(card.fields)) {
      expect(read[name]?.shape).toEqual([2, ...(field.spec.shape?.slice(1) ?? [])]);
      const stored = { uint8: Uint8Array, float32: Float32Array, int32: Int32Array, string: Array }[field.stored];
      expect(read[name]?.data).toBeInstanceOf(stored);
    }
  });

  it.each(SPLITS)('keeps to classes and ranges in %s', (split) => {
    const read = head(split, card.counts[split]);
    for (const [name, field] of Object.entries(card.fields)) {
      if (field.stored === 'string') {
        expect(Array.from(read[name]?.data ?? [''], String)).not.toContain('');
        continue;
      }
      const numbers = read[name]?.data as Float32Array;
      const [low, high] = field.stored === 'uint8' ? [0, 255] : (field.spec.range ?? [0, 0]);
      let [least, most, finite] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
      for (const value of numbers) {
        least = Math.min(least, value);
        most = Math.max(most, value);
        finite &&= Number.isFinite(value);
      }
      expect(finite).toBe(true);
      expect(least).toBeGreaterThanOrEqual(Math.fround(low));
      expect(most).toBeLessThanOrEqual(Math.fround(high));
      if (field.classes) expect(new Set(numbers).size).toBe(field.classes.length);
    }
  });

  it('shares no row between splits and shows several classes at the start', () => {
    const labels = head('train', 60).label?.data as Int32Array | undefined;
    if (labels) expect(new Set(labels).size).toBeGreaterThan(1);
    const input = fields.find((field) => field !== 'label') ?? '';
    const width = (card.fields[input]?.spec.shape ?? []).slice(1).reduce<number>((n, dim) => n * Number(dim), 1);
    const texts = (split: Split) => {
      const data = head(split, 2000)[input]?.data as Float32Array;
      return Array.from({ length: data.length / width }, (_, row) => data.slice(row * width, (row + 1) * width).join());
    };
    // Measured flowers and pupils can be equal by chance; pictures and drawn points cannot.
    const alike = ['iris', 'will-i-pass', 'penguins'].includes(id);
    const seen = new Set(texts('train'));
    for (const split of ['validation', 'test'] as const)
      if (!alike) expect(texts(split).filter((text) => seen.has(text))).toEqual([]);
  });

  it('is the same when opened again', async () => {
    const again = await nodeDatasets({ cache: CACHE }).open(id, {});
    for (const split of SPLITS) {
      const rows = [0, 1, card.counts[split] - 1];
      expect(again.read(split, rows, fields)).toEqual(dataset.read(split, rows, fields));
    }
  });

  it('goes to a page and is the same there', () => {
    const rows = rowsOfDataset(dataset);
    const page = openRows(JSON.parse(JSON.stringify(rows)));
    for (const split of SPLITS) {
      const count = page.card.counts[split];
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(card.counts[split]);
      expect(page.read(split, [0, count - 1], fields)).toEqual(dataset.read(split, [0, count - 1], fields));
    }
  });

  it('has a preview', () => {
    const preview = previewDataset(dataset);
    expect(preview.rows).toBe(card.counts.train);
    const parts = [preview.images, preview.table, preview.points].filter(Boolean);
    expect(parts).toHaveLength(1);
    if (preview.images) {
      const bytes = Buffer.from(preview.images.pixels, 'base64');
      expect(bytes.length).toBe(preview.images.shape.reduce((product, length) => product * length, 1));
      const named = fields.some((field) => {
        const { meaning, shape } = card.fields[field]?.spec ?? {};
        return meaning === 'text' || (meaning === 'class' && shape?.length === 1);
      });
      expect(preview.images.labels).toHaveLength(named ? preview.images.shape[0] : 0);
    }
    if (preview.points) expect(preview.points.x).toHaveLength(preview.points.label.length);
    if (preview.table) expect(preview.table.rows[0]).toHaveLength(preview.table.columns.length);
  });
});
