import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DatasetCard, Split } from '@/lib/datasets/card';
import { openHeldOut } from '@/lib/datasets/hold-out';
import { openColumns } from '@/lib/datasets/open-columns';
import { rowRange } from '@/lib/datasets/split-rows';

/** Row k of all has the number k, the byte k and the text `row k`; splits one after another. */
function opened(counts: Record<Split, number>) {
  const { train, validation, test } = counts;
  const rows = Array.from({ length: train + validation + test }, (_, row) => row);
  const shape = [rows.length, 1];
  const spec = { shape: ['batch', 1] as ['batch', 1], dtype: 'float32' as const, meaning: 'any' as const };
  const card: DatasetCard = {
    id: 'rows',
    title: 'Rows',
    summary: 'Made up for this test',
    fields: {
      number: { title: 'Number', spec, stored: 'float32' },
      byte: { title: 'Byte', spec, stored: 'uint8' },
      text: { title: 'Text', spec: { ...spec, dtype: 'string' }, stored: 'string' },
    },
    counts,
    licence: 'none',
    source: 'none',
  };
  const columns = {
    number: { data: Float32Array.from(rows), shape },
    byte: { data: Uint8Array.from(rows), shape },
    text: { data: rows.map((row) => `row ${row}`), shape: [rows.length] },
  };
  return openColumns(card, columns, {
    train: rowRange(0, train),
    validation: rowRange(train, train + validation),
    test: rowRange(train + validation, rows.length),
  });
}

const FIELDS = ['number', 'byte', 'text', 'index'];
const counts = fc.record({ train: fc.nat(60), validation: fc.nat(30), test: fc.nat(30) });

it('moves the last training rows behind the validation rows, and loses or doubles none', () => {
  fc.assert(
    fc.property(counts, fc.double({ min: 0, max: 0.9, noNaN: true }), (before, share) => {
      const { card, read } = openHeldOut(opened(before), share);
      const { train, validation, test } = card.counts;
      expect(train).toBeGreaterThanOrEqual(Math.min(1, before.train));
      expect(test).toBe(before.test);
      const numbers = (split: Split, count: number) =>
        count === 0 ? [] : [...(read(split, rowRange(0, count), ['number']).number?.data ?? [])];
      const own = Array.from({ length: before.validation }, (_, row) => before.train + row);
      const held = Array.from({ length: before.train - train }, (_, row) => train + row);
      expect(numbers('train', train)).toEqual(Array.from({ length: train }, (_, row) => row));
      expect(numbers('validation', validation)).toEqual([...own, ...held]);
    }),
  );
});

it('gives a tenth, and at least one', () => {
  const train = (count: number, share: number) =>
    openHeldOut(opened({ train: count, validation: 0, test: 0 }), share).card.counts.train;
  expect([train(50, 0.1), train(4, 0.1), train(1, 0.1), train(50, 0)]).toEqual([45, 3, 1, 50]);
});

it('reads rows in the order asked for, of all types, across both parts; their index is their place', () => {
  const { read } = openHeldOut(opened({ train: 10, validation: 3, test: 2 }), 0.2);
  const { number, byte, text, index } = read('validation', [4, 0, 1, 3, 2, 4], FIELDS);
  const rows = [9, 10, 11, 8, 12, 9];
  expect(number).toEqual({ data: Float32Array.from(rows), shape: [6, 1] });
  expect(byte).toEqual({ data: Uint8Array.from(rows), shape: [6, 1] });
  expect(text).toEqual({ data: rows.map((row) => `row ${row}`), shape: [6] });
  expect(index).toEqual({ data: Int32Array.from([4, 0, 1, 3, 2, 4]), shape: [6] });
  expect(() => read('train', [8], FIELDS)).not.toThrow();
});

it('memory of an earlier read is used again where it fits, and what was read is right all the same', () => {
  const dataset = openHeldOut(opened({ train: 40, validation: 0, test: 0 }), 0.25);
  const first = dataset.read('train', [3, 5], FIELDS);
  const second = dataset.read('train', [7, 1], FIELDS, first);
  expect(second).toEqual(dataset.read('train', [7, 1], FIELDS));
  for (const field of ['number', 'byte']) expect(second[field]?.data, field).toBe(first[field]?.data);
  const longer = dataset.read('train', [2, 0, 9], FIELDS, second);
  expect(longer).toEqual(dataset.read('train', [2, 0, 9], FIELDS));
  // Another field's memory is of another type.
  const { byte, number } = longer;
  if (!byte || !number) throw new Error('both were read');
  expect(dataset.read('train', [2, 0, 9], FIELDS, { number: byte, byte: number })).toEqual(longer);
});
