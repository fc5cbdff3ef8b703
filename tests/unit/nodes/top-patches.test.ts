import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { addMeasure, readMeasure, type Totals } from '@/lib/engine/fold-totals';
import { parseParams } from '@/lib/nodes/common/parse-params';
import type { HostTensor, Tf } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';

const SIDE = 8;
const SIZE = 3;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** One bright pixel on black, and one a fifth as bright elsewhere. */
interface Picture {
  at: [number, number];
  value: number;
}

const PICTURES: Picture[] = [
  { at: [4, 4], value: 0.2 },
  { at: [0, 7], value: 0.8 },
  { at: [5, 2], value: 0.6 },
  { at: [2, 6], value: 1 },
  { at: [3, 3], value: 0.4 },
];

function tensorOf(pictures: readonly Picture[]): tf.Tensor4D {
  const data = new Float32Array(pictures.length * SIDE * SIDE);
  pictures.forEach(({ at: [row, column], value }, n) => {
    data[n * SIDE * SIDE + row * SIDE + column] = value;
  });
  return tf.tensor4d(data, [pictures.length, SIDE, SIDE, 1]);
}

/** Filters that look at 2×2 pixels: the first answers to brightness, the second to its lack. */
function answers(pictures: tf.Tensor4D): tf.Tensor4D {
  const brightest = tf.maxPool(pictures, 2, 2, 'valid');
  return tf.concat([brightest, tf.neg(tf.avgPool(pictures, 2, 2, 'valid'))], 3) as tf.Tensor4D;
}

function patches(batches: readonly (readonly Picture[])[]) {
  const kind = required(kinds['top-patches'], 'top-patches');
  const fold = { id: 'top', kind: 'top-patches', params: {}, in: {}, gives: { metric: 'top' } };
  const { params } = parseParams(kind.face, { filters: 2, patches: 2, size: SIZE });
  if (kind.run?.as !== 'fold') throw new Error('no fold');
  let totals: Totals | undefined;
  for (const batch of batches) {
    const image = tensorOf(batch);
    const measured = kind.run.fold.measure(tf as unknown as Tf, {
      params,
      inputs: { x: [answers(image)], image: [image] },
      batch: batch.length,
    });
    const parts = Object.fromEntries(
      Object.entries(measured).map(([name, tensor]): [string, HostTensor] => [
        name,
        { data: tensor.dataSync() as Float32Array, shape: tensor.shape },
      ]),
    );
    totals = addMeasure(kinds, { ...fold, params }, totals, readMeasure(kinds, fold, parts, batch.length));
  }
  const arrays = Object.entries(totals ?? {}).map(([name, all]) => [name, Float64Array.from(all)] as const);
  const table = kind.run.fold.result(Object.fromEntries(arrays), params, {});
  if (typeof table === 'number' || table.table !== 'pictures') throw new Error('no pictures');
  const bytes = [...Buffer.from(table.pixels, 'base64')];
  const pixels = SIZE * SIZE;
  return {
    table,
    strengths: totals?.strength?.map((value) => Math.round(value * 100) / 100 || 0),
    at: (patch: number) => bytes.slice(patch * pixels, (patch + 1) * pixels),
  };
}

describe('top patches', () => {
  it('are the strongest answers of a whole split, one a picture, however it is cut into batches', () => {
    const whole = patches([PICTURES]);
    expect(whole.table.rows).toEqual([
      { name: 'Filter 1', count: 2 },
      { name: 'Filter 2', count: 2 },
    ]);
    expect(whole.table.shape).toEqual([4, SIZE, SIZE, 1]);
    const parts = patches([PICTURES.slice(0, 2), PICTURES.slice(2, 4), PICTURES.slice(4)]);
    expect(parts.table.rows).toEqual(whole.table.rows);
    expect([parts.at(0), parts.at(1)]).toEqual([whole.at(0), whole.at(1)]);
    // What does not matter any more is not kept.
    expect(parts.strengths).toEqual([1, 0.8, 0, 0]);
  });

  it('are cut out around where the filter looked; beyond the edge they are black', () => {
    const { at } = patches([PICTURES]);
    // The brightest pixel is at row 2, column 6: the cell of 2×2 pixels from there on has its middle at (3, 7).
    expect(at(0)).toEqual(Array.from({ length: 9 }, (_, i) => (i === middleOf([2, 6]) ? 255 : 0)));
    const second = at(1);
    expect(second.filter((value) => value > 0)).toEqual([Math.round(0.8 * 255)]);
    expect(second[middleOf([0, 7])]).toBe(Math.round(0.8 * 255));
  });
});

/** Where a pixel stands in the patch about its cell: the patch begins at the cell's middle less half its side, rounded. */
function middleOf([row, column]: [number, number]): number {
  const first = (place: number): number => Math.floor(2 * Math.floor(place / 2) + 1 - SIZE / 2 + 0.5);
  return (row - first(row)) * SIZE + (column - first(column));
}
