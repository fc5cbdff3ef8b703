import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cardOfSafetensors,
  headerBytes,
  readSafetensorsHeader,
  readStoredTensor,
  WeightsUnreadable,
} from '@/lib/export/safetensors/read-safetensors';
import { writeSafetensors } from '@/lib/export/safetensors/write-safetensors';
import type { HostTensor } from '@/lib/nodes/kind';

const read = (bytes: Uint8Array) => {
  const { tensors, metadata } = readSafetensorsHeader(bytes, bytes.length);
  const values = Object.entries(tensors).map(
    ([name, stored]) => [name, readStoredTensor(stored, bytes.subarray(...stored.bytes))] as const,
  );
  return { metadata, tensors: Object.fromEntries(values) };
};

/** A file of one tensor whose bytes are given. */
function fileOf(dtype: string, shape: number[], bytes: number[]): Uint8Array {
  const header = new TextEncoder().encode(
    JSON.stringify({ w: { dtype, shape, data_offsets: [0, bytes.length] } }).padEnd(96),
  );
  const file = new Uint8Array(8 + header.length + bytes.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  file.set(bytes, 8 + header.length);
  return file;
}

const tensor: fc.Arbitrary<HostTensor> = fc
  .tuple(fc.array(fc.nat(3), { maxLength: 3 }), fc.boolean(), fc.infiniteStream(fc.integer({ min: -99, max: 99 })))
  .map(([shape, whole, numbers]) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const values = [...numbers.take(count)];
    return { shape, data: whole ? Int32Array.from(values) : Float32Array.from(values, (value) => value / 8) };
  });

it('reads what is written, names and metadata included', () => {
  const names = fc.string({ minLength: 1, maxLength: 12 }).filter((name) => !name.startsWith('__'));
  fc.assert(
    fc.property(fc.dictionary(names, tensor, { maxKeys: 5 }), (tensors) => {
      const bytes = writeSafetensors(tensors, { about: 'a test' });
      expect(read(bytes)).toEqual({ tensors: { ...tensors }, metadata: { about: 'a test' } });
    }),
  );
});

describe('numbers of other types', () => {
  it.each([
    ['F16', [0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0x00, 0x7c], [1, -2, 2 ** -24, Number.POSITIVE_INFINITY]],
    ['BF16', [0x80, 0x3f, 0x40, 0xc0], [1, -3]],
    ['F64', [0, 0, 0, 0, 0, 0, 0xe0, 0x3f], [0.5]],
  ])('%s become float32', (dtype, bytes, wanted) => {
    expect(read(fileOf(dtype, [wanted.length], bytes)).tensors.w).toEqual({
      shape: [wanted.length],
      data: Float32Array.from(wanted),
    });
  });

  it.each([
    ['I64', [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [-2]],
    ['I8', [0xff, 5], [-1, 5]],
    ['BOOL', [1, 0], [1, 0]],
  ])('%s become int32', (dtype, bytes, wanted) => {
    expect(read(fileOf(dtype, [wanted.length], bytes)).tensors.w?.data).toEqual(Int32Array.from(wanted));
  });

  it('that are not known are left out of the card, and refused where they are asked for', () => {
    const bytes = fileOf('F8_E4M3', [2], [1, 2]);
    const header = readSafetensorsHeader(bytes, bytes.length);
    expect(cardOfSafetensors('a', 'A file', header)).toEqual({ id: 'a', title: 'A file', tensors: {} });
    expect(() => read(bytes)).toThrow('Save them as F32');
  });
});

it('refuses a file that is cut off anywhere, and one that says what its bytes are not', () => {
  const whole = writeSafetensors({ w: { shape: [2], data: Float32Array.of(1, 2) } }, {});
  for (let length = 0; length < whole.length; length++)
    expect(() => read(whole.slice(0, length)), `${length} bytes`).toThrow(WeightsUnreadable);
  expect(headerBytes(whole, 20)).toBeNull();
  expect(() => read(fileOf('F32', [3], [0, 0, 0, 0]))).toThrow('damaged');
  expect(() => read(fileOf('F32', [-1], []))).toThrow('damaged');
  expect(() => read(new TextEncoder().encode('PK and so on, no header at all'))).toThrow(WeightsUnreadable);
});
