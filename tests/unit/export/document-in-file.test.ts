import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { required } from '@/lib/base/invariant';
import { documentInFile } from '@/lib/export/document-in-file';
import { DOCUMENT_KEY } from '@/lib/export/embed-document';
import { exporters } from '@/lib/export/exporters.generated';
import { writeOnnx } from '@/lib/export/onnx/onnx-proto';
import { readPngText, writePngText } from '@/lib/export/png-text';
import { writeSafetensors } from '@/lib/export/safetensors/write-safetensors';
import { gallery } from '@/lib/gallery/gallery.generated';
import type { Document } from '@/lib/graph/document';
import { kinds } from '@/lib/nodes/kinds.generated';
import { cards } from '@/tests/helpers/cards';
import { programOf } from '@/tests/helpers/compile-context';

const document = {
  ...(gallery['mnist-mlp']?.document as Document),
  title: 'Größe, <script> & “quotes” 漢字',
};
const program = programOf(document);

const exported = async (format: string): Promise<Uint8Array> => {
  const fn = program.functions.find(({ inputs }) => inputs.length > 0)?.name ?? '';
  const result = await required(exporters[format], format).export({
    program,
    kinds,
    function: fn,
    weights: Object.fromEntries(
      program.variables.map(({ id, shape }) => [
        id,
        { data: new Float32Array(shape.reduce((product, size) => product * size, 1)), shape },
      ]),
    ),
    document,
    cards,
    savedAt: new Date('2026-11-30T12:00:00Z'),
    assets: { tfjsBundle: async () => '' },
  });
  if ('diagnostics' in result) throw new Error(result.diagnostics[0]?.message);
  return result.bytes;
};

test.each([
  ['model.keras', 'keras'],
  ['model.tfjs.zip', 'tfjs'],
  ['model.html', 'html'],
  ['model.onnx', 'onnx'],
  ['model.safetensors', 'safetensors'],
  ['model.torch.zip', 'torch-code'],
])('the document comes back out of %s', async (name, format) => {
  expect(documentInFile(name, await exported(format))).toEqual({ document });
});

const picture = () =>
  sharp({ create: { width: 3, height: 2, channels: 4, background: '#7fb8cf' } })
    .png()
    .toBuffer();

test('a picture carries the document, and stays the same picture', async () => {
  const before = new Uint8Array(await picture());
  const bytes = writePngText(before, DOCUMENT_KEY, JSON.stringify(document));
  expect(documentInFile('graph.png', bytes)).toEqual({ document });
  expect(await sharp(bytes).raw().toBuffer()).toEqual(await sharp(before).raw().toBuffer());
  expect(readPngText(bytes, 'Comment')).toBeNull();
  expect(readPngText(bytes.subarray(0, 60), DOCUMENT_KEY)).toBeNull();
});

test('plain texts that other programs write are read, too', async () => {
  const bytes = await sharp(await picture())
    .withExif({ IFD0: { ImageDescription: 'x' } })
    .png()
    .toBuffer();
  expect(readPngText(new Uint8Array(bytes), DOCUMENT_KEY)).toBeNull();
});

test('a document, and nodes that were copied, are told apart', () => {
  expect(documentInFile('a.json', strToU8(JSON.stringify(document)))).toEqual({ document });
  const clip = JSON.stringify({ netloom: 'clip/1', graph: { nodes: {}, edges: {} }, blocks: {}, layout: {} });
  expect(documentInFile('nodes.json', strToU8(clip))).toEqual({ clip });
});

const onnx = (metadata: Record<string, string>) =>
  writeOnnx({ name: 'f', text: '', inputs: [], outputs: [], nodes: [], weights: [], metadata });

const foreign = async (): Promise<[string, Uint8Array, RegExp][]> => [
  ['holiday.png', new Uint8Array(await picture()), /no document in the picture holiday\.png.*Download as picture/],
  [
    'other.keras',
    zipSync({ 'metadata.json': strToU8('{"keras_version":"3.5.0"}') }),
    /no document in the model.*build it here/,
  ],
  ['texts.zip', zipSync({ 'a.txt': strToU8('a') }), /no document in the archive texts\.zip/],
  ['other.onnx', onnx({ author: 'x' }), /no document in the ONNX file other\.onnx.*build it here/],
  ['cut.onnx', (await exported('onnx')).subarray(0, 5_000), /no document in the ONNX file cut\.onnx/],
  [
    'other.safetensors',
    writeSafetensors({ w: { data: Float32Array.of(1), shape: [1] } }, { format: 'pt' }),
    /no document in the safetensors file other\.safetensors.*build it here/,
  ],
  ['cut.safetensors', (await exported('safetensors')).subarray(0, 500), /cut\.safetensors cannot be opened here/],
  ['cut.zip', strToU8('PK'), /cut\.zip is damaged/],
  ['page.html', strToU8('<!doctype html><p>x'), /no document in the web page/],
  ['list.json', strToU8('[1]'), /list\.json is JSON, but no document/],
  ['package.json', strToU8('{"name":"x"}'), /it has no graph/],
  ['cut.json', strToU8('{"graph":'), /cut off/],
  ['song.mp3', Uint8Array.of(0x49, 0x44, 0x33, 4), /song\.mp3 cannot be opened here: expected a document/],
];

test('other files are refused with what was expected', async () => {
  for (const [name, bytes, problem] of await foreign())
    expect(documentInFile(name, bytes), name).toEqual({ problem: expect.stringMatching(problem) });
});
