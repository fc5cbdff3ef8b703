import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Checkpoint } from '@/lib/engine/checkpoint';
import { CheckpointUnreadable, readCheckpoint, writeCheckpoint } from '@/lib/engine/checkpoint-file';

const checkpoint: Checkpoint = {
  format: 'checkpoint/1',
  hash: 'h',
  seed: 7,
  threads: 2,
  engine: 'cpu',
  iteration: 12,
  epoch: 1,
  seq: 30,
  examplesSeen: 768,
  seconds: 1.5,
  tensors: {
    'variable:n1#kernel': { data: new Float32Array([1, -0, Number.MIN_VALUE, 3.25, 0.1, 6]), shape: [2, 3] },
    'variable:n1#steps': { data: new Int32Array([5, -5]), shape: [2] },
    'variable:n1#bytes': { data: new Uint8Array([1, 2, 255]), shape: [3] },
    'variable:n1#none': { data: new Float32Array(0), shape: [0, 4] },
  },
  state: { progress: { text: '"digest":"0000000000000000"' } },
};

it('is read as it was written, also from a piece of a larger buffer', () => {
  const bytes = writeCheckpoint(checkpoint);
  expect(readCheckpoint(bytes)).toEqual(checkpoint);
  const larger = Buffer.alloc(bytes.length + 10);
  larger.set(bytes, 3);
  expect(readCheckpoint(larger.subarray(3, 3 + bytes.length))).toEqual(checkpoint);
});

it('has the safetensors layout', () => {
  const bytes = writeCheckpoint(checkpoint);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const { dtype, shape, data_offsets } = header['variable:n1#kernel'];
  expect({ dtype, shape }).toEqual({ dtype: 'F32', shape: [2, 3] });
  const [first, last] = data_offsets;
  expect(new Float32Array(bytes.slice(8 + length + first, 8 + length + last).buffer)).toEqual(
    checkpoint.tensors['variable:n1#kernel']?.data,
  );
});

it('is refused when torn or changed, wherever that is', () => {
  const bytes = writeCheckpoint(checkpoint);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), (length) => {
      expect(() => readCheckpoint(bytes.subarray(0, length))).toThrow(CheckpointUnreadable);
    }),
    { numRuns: 300, seed: 1 },
  );
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const other = bytes.slice();
      other[at] = (other[at] ?? 0) ^ change;
      expect(() => readCheckpoint(other)).toThrow(CheckpointUnreadable);
    }),
    { numRuns: 500, seed: 1 },
  );
});
