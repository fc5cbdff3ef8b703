import fc from 'fast-check';
import { expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { previewDataset } from '@/server/domain/datasets/preview-dataset';
import { UPLOAD_LIMITS } from '@/server/domain/datasets/upload-result';
import { uploadFolder } from './upload-folder';

const { state, upload, accept, refuse } = uploadFolder();

/** `rows` lines by index, below a header. */
const table = (header: string, rows: number, line: (row: number) => string): string =>
  [header, ...Array.from({ length: rows }, (_, row) => line(row))].join('\n');

it('takes numbers as features and the last column as classes', async () => {
  const csv = table('width;height;kind', 40, (row) => `${row};${row / 2};${row % 2 ? 'cat' : 'dog'}`);
  const { card, notes } = await accept('C:\\pets\\animals.csv', `\ufeff${csv}`);
  expect(notes).toEqual([]);
  expect(card).toMatchObject({
    id: 'upload:test1',
    title: 'animals',
    counts: { train: 32, validation: 4, test: 4 },
    fields: {
      features: { columns: ['width', 'height'], spec: { shape: ['batch', 2], range: [0, 39] } },
      label: { title: 'kind', classes: ['cat', 'dog'] },
    },
  });
  const opened = await nodeDatasets({ uploads: state.folder }).open('upload:test1', {});
  const { features, label } = opened.read('train', [0, 1, 2, 3, 4, 5], ['features', 'label']);
  const numbers = features?.data as Float32Array;
  for (const [row, index] of (required(label, 'label').data as Int32Array).entries()) {
    expect(numbers[2 * row + 1]).toBe((numbers[2 * row] ?? 0) / 2);
    expect(index).toBe((numbers[2 * row] ?? 0) % 2 ? 0 : 1);
  }
  expect(previewDataset(opened).table?.columns).toEqual(['width', 'height', 'kind']);
});

it('reads tables without a header, quoted cells and text columns', async () => {
  const csv = Array.from({ length: 30 }, (_, row) => `${row},"red, ${row % 3}",${row % 3}`).join('\r\n');
  const { card } = await accept('plain.csv', csv);
  expect(card.fields.features?.columns).toEqual([
    'column 1',
    'column 2 = red, 0',
    'column 2 = red, 1',
    'column 2 = red, 2',
  ]);
  expect(card.fields.label?.classes).toEqual(['0', '1', '2']);
});

it('predicts a number where the target has many values, and any column that is chosen', async () => {
  const csv = table('price,size,city', 60, (row) => `${row * 1.5},${row},${row % 2 ? 'Bonn' : 'Ulm'}`);
  const { card } = await accept('flats.csv', csv, { target: 'price', ignore: ['city'] });
  expect(card.fields.features?.columns).toEqual(['size']);
  expect(card.fields.target).toMatchObject({ title: 'price', stored: 'float32', spec: { shape: ['batch', 1] } });
});

it('names the columns there are where the chosen one is not', async () => {
  const [problem] = await refuse(
    't.csv',
    table('a,b', 20, (row) => `${row},${row % 2}`),
    { target: 'c' },
  );
  expect(problem).toMatchObject({ message: expect.stringContaining('“c”'), expected: 'a, b' });
});

it('names row, column and value of text among numbers', async () => {
  const csv = table('age,size,kind', 30, (row) => `${row === 5 ? 'twelve' : row},${row},${row % 2}`);
  const [problem] = await refuse('t.csv', csv);
  expect(problem?.message).toContain('Row 7, column “age”');
  expect(problem?.message).toContain('“twelve”');
  expect(problem?.message).toMatch(/Correct the cell, empty it/);
});

it('leaves out rows with empty cells and says which', async () => {
  const csv = table('a,b,kind', 30, (row) => `${row},${row === 3 || row === 8 ? 'NA' : 1},${row % 2}`);
  const { card, notes } = await accept('t.csv', csv);
  expect(card.counts.train + card.counts.validation + card.counts.test).toBe(28);
  expect(notes.map((note) => note.message)).toEqual(['2 of 30 rows have empty cells and were left out (rows 5, 10).']);
});

it('leaves out text columns with too many values', async () => {
  const { card, notes } = await accept(
    't.csv',
    table('name,a,kind', 30, (row) => `n${row},${row},${row % 2}`),
  );
  expect(card.fields.features?.columns).toEqual(['a']);
  expect(notes[0]?.message).toContain('Column “name”');
});

it.each([
  ['an empty file', '', 'empty'],
  ['one column', 'a\n1\n2\n', 'one column only'],
  ['a row that is too long', table('a,b', 20, (row) => (row === 4 ? '1,2,3' : '1,2')), 'Row 6 has 3 cells'],
  ['an open quote', table('a,b', 20, (row) => (row === 4 ? '"1,2' : `${row},2`)), 'quote'],
  ['one class', table('a,b', 20, (row) => `${row},same`), 'nothing to tell apart'],
  ['few rows', table('a,b', 6, (row) => `${row},${row % 2}`), 'At least 10'],
  ['bytes', 'a,b\u0000\u0001', 'not a text table'],
  ['a picture', '\u0089PNG\r\n', 'CSV table or a ZIP'],
])('refuses %s', async (_name, csv, message) => {
  const problems = await refuse('x.csv', Buffer.from(csv, 'latin1'));
  expect(problems[0]?.message).toContain(message);
});

it('refuses a million columns at once', async () => {
  const started = performance.now();
  const wide = Array.from({ length: 1_000_000 }, (_, column) => column).join(',');
  for (const csv of [`${wide}\n${wide}\n`, `${','.repeat(999_999)}\n`, `"${wide}"${','.repeat(2_500)}\n`]) {
    const [problem] = await refuse('wide.csv', csv);
    expect(problem).toMatchObject({ code: 'limit', message: expect.stringContaining('2,000 columns') });
  }
  // A parser takes many seconds over the first one where the machine is busy; its first bytes tell it all.
  expect(performance.now() - started).toBeLessThan(5000);
});

it('stops at the limits of rows and bytes', async () => {
  const csv = table('a,b', 200, (row) => `${row},${row % 2}`);
  const [rows] = await refuse('x.csv', csv, { limits: { ...UPLOAD_LIMITS, tableRows: 100 } });
  expect(rows).toMatchObject({ code: 'limit', message: expect.stringContaining('100 rows') });
  const [bytes] = await refuse('x.csv', csv, { limits: { ...UPLOAD_LIMITS, fileBytes: 512 } });
  expect(bytes?.message).toContain('larger than');
});

it('never fails on odd tables: each is taken in or refused with a message', async () => {
  const cell = fc.oneof(
    fc.integer().map(String),
    fc.string({ maxLength: 6 }),
    fc.constantFrom('', 'NA', '1e3', '"', '"a,b"'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 25 }), async (rows) => {
      const outcome = await upload('odd.csv', rows.map((row) => row.join(',')).join('\n'));
      if ('diagnostics' in outcome) expect(outcome.diagnostics[0]?.message.length).toBeGreaterThan(20);
      else expect(outcome.card.counts.train).toBeGreaterThan(0);
    }),
    { numRuns: 200, seed: 7 },
  );
});
