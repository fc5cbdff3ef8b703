import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { parseParams } from '@/lib/nodes/common/parse-params';
import type { PlainParams, RunContext, Tensor, Tf } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { seedOf, uniform } from '@/lib/tensor/philox';
import type { Spec } from '@/lib/tensor/spec';

const BATCH = 24;
const [HEIGHT, WIDTH] = [20, 16];

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const specs: Record<string, Spec> = {
  x: { shape: ['batch', HEIGHT, WIDTH, 1], dtype: 'float32', meaning: 'image', range: [0, 1] },
  x2: { shape: ['batch', HEIGHT, WIDTH], dtype: 'int32', meaning: 'mask', classes: 2 },
  x3: { shape: ['batch', 2, 4], dtype: 'float32', meaning: 'boxes', range: [0, 1] },
};

/** A block of 1 with rows 8 to 11 and columns 4 to 9 on a ground of 0.25; its mask; its box, and one row that is not used. */
function scene(): Record<string, Tensor> {
  const inside = (at: number): boolean => {
    const [row, column] = [Math.floor(at / WIDTH), at % WIDTH];
    return row >= 8 && row < 12 && column >= 4 && column < 10;
  };
  const mask = Int32Array.from({ length: HEIGHT * WIDTH }, (_, at) => (inside(at) ? 1 : 0));
  const box = [8 / HEIGHT, 4 / WIDTH, 12 / HEIGHT, 10 / WIDTH];
  const all = (one: ArrayLike<number>): number[] => Array.from({ length: BATCH }, () => [...Array.from(one)]).flat();
  return {
    x: tf.tensor4d(all(Float32Array.from(mask, (on) => (on ? 1 : 0.25))), [BATCH, HEIGHT, WIDTH, 1]),
    x2: tf.tensor3d(all(mask), [BATCH, HEIGHT, WIDTH], 'int32'),
    x3: tf.tensor3d(all([...box, 0, 0, 0, 0]), [BATCH, 2, 4]),
  };
}

function augment(set: PlainParams, mode: RunContext['mode'] = 'train', inputs = scene(), seed = 3) {
  const kind = required(kinds.augment, 'augment');
  const { params } = parseParams(kind.face, { flip: 'none', shift: 0, more: 2, ...set });
  if (kind.run?.as !== 'op') throw new Error('augment does not run');
  let stream = 0;
  const draw = (shape: number[]) => shape.reduce((product, size) => product * size, 1);
  const { outputs } = kind.run.run(tf as unknown as Tf, {
    params,
    numbers: {},
    inputs: Object.fromEntries(Object.entries(inputs).map(([port, tensor]) => [port, [tensor]])),
    spec: (port) => specs[port],
    variables: {},
    mode,
    random: {
      uniform: (shape, low = 0, high = 1) => tf.tensor(uniform(seedOf(seed, stream++), draw(shape), low, high), shape),
      normal: () => tf.scalar(0),
    },
    batch: BATCH,
  });
  return Object.fromEntries(Object.entries(outputs).map(([port, tensor]) => [port, [...tensor.dataSync()]]));
}

const pictureOf = (values: number[] | undefined, at: number): number[] =>
  required(values, 'values').slice(at * HEIGHT * WIDTH, (at + 1) * HEIGHT * WIDTH);

/** The box around what a mask marks, in pixels. */
function hull(mask: number[]): number[] {
  const places = mask.flatMap((on, at) => (on ? [[Math.floor(at / WIDTH), at % WIDTH] as const] : []));
  const [rows, columns] = [places.map(([row]) => row), places.map(([, column]) => column)];
  return [Math.min(...rows), Math.min(...columns), Math.max(...rows) + 1, Math.max(...columns) + 1];
}

const boxOf = (values: number[] | undefined, at: number): number[] =>
  required(values, 'boxes')
    .slice(at * 8, at * 8 + 4)
    .map((part, side) => part * (side % 2 === 0 ? HEIGHT : WIDTH));

describe('augment', () => {
  it('moves pictures, masks and boxes by one draw, each picture by its own', () => {
    const made = augment({ flip: 'both', shift: 0.3, outside: 'zero' });
    const places = new Set<string>();
    for (let at = 0; at < BATCH; at++) {
      const [picture, mask] = [pictureOf(made.y, at), pictureOf(made.y2, at)];
      const box = boxOf(made.y3, at);
      expect(picture.map((value) => (value === 1 ? 1 : 0))).toEqual(mask);
      const wanted = mask.includes(1) ? hull(mask) : [0, 0, 0, 0];
      expect(box.map((side) => Math.round(side * 1000) / 1000)).toEqual(wanted);
      expect(required(made.y3, 'boxes').slice(at * 8 + 4, at * 8 + 8)).toEqual([0, 0, 0, 0]);
      places.add(box.join());
    }
    expect(places.size).toBeGreaterThan(BATCH / 2);
  });

  it('keeps boxes around what is turned and zoomed', () => {
    const made = augment({ rotate: 40, zoom: 0.3 });
    for (let at = 0; at < BATCH; at++) {
      const [top = 0, left = 0, bottom = 0, right = 0] = boxOf(made.y3, at);
      const [top2 = 0, left2 = 0, bottom2 = 0, right2 = 0] = hull(pictureOf(made.y2, at));
      // The corners' own pixels may fall to either side.
      expect(Math.max(top - top2, left - left2, bottom2 - bottom, right2 - right)).toBeLessThan(0.75);
      expect(Math.max(top2 - top, left2 - left, bottom - bottom2, right - right2)).toBeLessThan(2);
      pictureOf(made.y, at).forEach((value, pixel) => {
        if (value > 0.95) expect(pictureOf(made.y2, at)[pixel]).toBe(1);
        if (value < 0.3) expect(pictureOf(made.y2, at)[pixel]).toBe(0);
      });
    }
  });

  it('repeats the edge or lets in zeros', () => {
    const least = (outside: string) => Math.min(...required(augment({ shift: 0.4, outside }).y, 'pictures'));
    expect(least('edge')).toBe(0.25);
    expect(least('zero')).toBe(0);
  });

  it('tints within the range, around the mean of each picture', () => {
    const contrast = augment({ contrast: 0.2 });
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const before = mean(pictureOf([...required(scene().x, 'x').dataSync()], 0));
    const spreads = Array.from({ length: BATCH }, (_, at) => {
      const picture = pictureOf(contrast.y, at);
      if (Math.max(...picture) < 1) expect(mean(picture)).toBeCloseTo(before, 5);
      return Math.max(...picture) - Math.min(...picture);
    });
    expect(Math.min(...spreads)).toBeLessThan(0.7);
    const bright = required(augment({ brightness: 0.5 }).y, 'pictures');
    expect(Math.min(...bright)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...bright)).toBe(1);
    expect(new Set(bright).size).toBeGreaterThan(BATCH);
  });

  it('cuts a patch out of pictures alone', () => {
    const made = augment({ cutout: 0.3 });
    expect(pictureOf(made.y2, 0)).toEqual([...required(scene().x2, 'mask').dataSync()].slice(0, HEIGHT * WIDTH));
    for (let at = 0; at < BATCH; at++) {
      const gone = pictureOf(made.y, at).filter((value) => value === 0).length;
      expect(gone).toBeGreaterThan(0);
      expect(gone).toBeLessThanOrEqual(7 * 6);
    }
  });

  it('rests after the training, unless it is always on', () => {
    const still = augment({ flip: 'both', shift: 0.5, rotate: 90 }, 'evaluation');
    expect(still.y).toEqual([...required(scene().x, 'x').dataSync()]);
    expect(still.y3).toEqual([...required(scene().x3, 'boxes').dataSync()]);
    const set = { flip: 'both', shift: 0.5, always: true };
    expect(augment(set, 'evaluation')).toEqual(augment(set, 'train'));
    expect(augment(set).y).not.toEqual(augment(set, 'train', scene(), 4).y);
  });
});
