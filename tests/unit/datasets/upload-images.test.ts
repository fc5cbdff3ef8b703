import fc from 'fast-check';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { UPLOAD_LIMITS } from '@/server/domain/datasets/upload-result';
import { crc32 } from './crc32';
import { uploadFolder } from './upload-folder';

const { state, upload, accept, refuse } = uploadFolder();

const plain = (width: number, height: number, colour: { r: number; g: number; b: number }) =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .png()
    .toBuffer();

/** Ten red and ten blue pictures in two folders. */
async function twoFolders(width = 20, height = 20): Promise<Record<string, Uint8Array>> {
  const red = await plain(width, height, { r: 255, g: 0, b: 0 });
  const blue = await plain(width, height, { r: 0, g: 0, b: 255 });
  return Object.fromEntries(
    Array.from({ length: 10 }, (_, at) => [
      [`set/blue/${at}.png`, blue],
      [`set/red/${at}.png`, red],
    ]).flat() as [string, Uint8Array][],
  );
}

it('takes folders as classes and keeps the common size', async () => {
  const zip = zipSync({
    ...(await twoFolders()),
    '__MACOSX/x.png': new Uint8Array(3),
    'set/readme.txt': new Uint8Array(3),
  });
  const { card, notes } = await accept('colours.zip', zip);
  expect(card).toMatchObject({
    title: 'colours',
    counts: { train: 16, validation: 2, test: 2 },
    fields: { image: { spec: { shape: ['batch', 20, 20, 3] } }, label: { classes: ['blue', 'red'] } },
  });
  expect(notes[0]?.message).toContain('set/readme.txt');
  const opened = await nodeDatasets({ uploads: state.folder }).open(card.id, {});
  const { image, label } = opened.read('train', [0, 1, 2, 3, 4], ['image', 'label']);
  for (const [row, index] of (required(label, 'label').data as Int32Array).entries()) {
    const pixel = Array.from((required(image, 'image').data as Uint8Array).slice(row * 1200, row * 1200 + 3));
    expect(pixel).toEqual(index === 0 ? [0, 0, 255] : [255, 0, 0]);
  }
});

it('makes pictures of different sizes alike, and to the size that is asked for', async () => {
  const files = { ...(await twoFolders()), 'set/red/wide.png': await plain(50, 20, { r: 255, g: 0, b: 0 }) };
  expect((await accept('x.zip', zipSync(files))).card.fields.image?.spec.shape).toEqual(['batch', 32, 32, 3]);
  const asked = await accept('x.zip', zipSync(files), { size: [8, 12] });
  expect(asked.card.fields.image?.spec.shape).toEqual(['batch', 8, 12, 3]);
});

it('refuses sizes that are none', async () => {
  const zip = zipSync(await twoFolders());
  for (const size of [
    [0, 8],
    [8, 5000],
  ] as [number, number][])
    expect((await refuse('x.zip', zip, { size }))[0]?.message).toContain('Choose 1 to 1024');
});

it('keeps grey pictures grey', async () => {
  const grey = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#808080' } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  const files = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`${at % 2 ? 'a' : 'b'}/${at}.png`, grey]));
  expect((await accept('g.zip', zipSync(files))).card.fields.image?.spec.shape).toEqual(['batch', 9, 9, 1]);
});

it('leaves out broken pictures and says so', async () => {
  const { notes, card } = await accept(
    'x.zip',
    zipSync({ ...(await twoFolders()), 'set/red/bad.png': Buffer.from('nothing') }),
  );
  expect(notes[0]?.message).toContain('set/red/bad.png');
  expect(card.counts.train + card.counts.validation + card.counts.test).toBe(20);
});

it('refuses a truncated archive within a second', async () => {
  const zip = zipSync(await twoFolders());
  const started = performance.now();
  for (const length of [zip.length - 1, zip.length >> 1, 30, 4]) {
    const [problem] = await refuse('cut.zip', zip.slice(0, length));
    expect(problem?.message).toContain('cut short');
  }
  expect(performance.now() - started).toBeLessThan(1000);
});

it('refuses an archive that unpacks to more than it says or may', async () => {
  const bomb = new Uint8Array(40 * 1024 * 1024);
  const zip = zipSync({ ...(await twoFolders()), 'set/red/bomb.png': bomb });
  expect((await refuse('bomb.zip', zip))[0]?.message).toContain('32 MB');
  const [problem] = await refuse('bomb.zip', zip, { limits: { ...UPLOAD_LIMITS, unpackedBytes: 1024 * 1024 } });
  expect(problem).toMatchObject({ code: 'limit', message: expect.stringContaining('unpacks to') });
});

it('refuses a picture of a hundred thousand pixels a side without decoding it', async () => {
  const png = Buffer.from(await plain(8, 8, { r: 1, g: 2, b: 3 }));
  png.writeUInt32BE(100_000, 16);
  png.writeUInt32BE(100_000, 20);
  // The header's checksum must be right for the decoder to believe it.
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  const started = performance.now();
  const [problem] = await refuse('huge.zip', zipSync({ ...(await twoFolders()), 'set/red/huge.png': png }));
  expect(problem).toMatchObject({ code: 'limit', message: expect.stringContaining('100,000 × 100,000') });
  expect(performance.now() - started).toBeLessThan(2000);
});

it('refuses what has no class folders, and too many pictures', async () => {
  const png = await plain(4, 4, { r: 0, g: 0, b: 0 });
  const flat = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`${at}.png`, png]));
  expect((await refuse('flat.zip', zipSync(flat)))[0]?.message).toContain('cats/1.jpg');
  expect((await refuse('none.zip', zipSync({ 'a/b.txt': png })))[0]?.message).toContain('no pictures');
  const [problem] = await refuse('many.zip', zipSync(await twoFolders()), { limits: { ...UPLOAD_LIMITS, images: 12 } });
  expect(problem?.code).toBe('limit');
});

it('never fails on damaged archives: each is taken in or refused with a message', async () => {
  const zip = zipSync(await twoFolders(6, 6));
  const damage = fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(damage, async (changes) => {
      const damaged = zip.slice();
      for (const [at, byte] of changes) damaged[at] = byte;
      const outcome = await upload('damaged.zip', damaged);
      if ('diagnostics' in outcome) expect(outcome.diagnostics[0]?.message.length).toBeGreaterThan(20);
      else expect(outcome.card.counts.train).toBeGreaterThan(0);
    }),
    { numRuns: 60, seed: 7 },
  );
});
