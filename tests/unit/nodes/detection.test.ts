import { beforeAll, describe, expect, it } from 'vitest';
import { type Box, boxAt, corrected, correctionOf, overlapOf } from '@/lib/nodes/common/boxes';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { proposeRegions } from '@/lib/nodes/detection/region-proposals';
import type { PlainParams, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { meanAveragePrecision } from '@/lib/nodes/metrics/average-precision';
import { engine, random, tf } from '../../contract/kinds/example';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function run(
  id: string,
  inputs: Record<string, Tensor>,
  set: PlainParams = {},
  mode: 'train' | 'evaluation' = 'train',
) {
  const kind = kinds[id];
  if (kind?.run?.as !== 'op') throw new Error(`${id} is no op`);
  const { outputs } = kind.run.run(engine, {
    params: parseParams(kind.face, set).params,
    numbers: {},
    inputs: Object.fromEntries(Object.entries(inputs).map(([port, tensor]) => [port, [tensor]])),
    spec: () => undefined,
    variables: {},
    mode,
    random: random(id),
    batch: 1,
  });
  return Object.fromEntries(Object.entries(outputs).map(([port, tensor]) => [port, [...tensor.dataSync()]]));
}

const close = (got: number[] | undefined, wanted: number[], digits = 5): void => {
  expect(got).toHaveLength(wanted.length);
  for (const [at, value] of wanted.entries()) expect(got?.[at]).toBeCloseTo(value, digits);
};

it('corrections lead from a box to its target', () => {
  const [box, target]: Box[] = [
    [0.2, 0.2, 0.6, 0.5],
    [0.25, 0.1, 0.55, 0.7],
  ] as [Box, Box];
  close(corrected(box as Box, correctionOf(box as Box, target as Box)), target as Box);
  // Half as tall and half a height further down: ½ / 0.1 and log ½ / 0.2.
  close(correctionOf([0, 0, 0.4, 0.4], [0.3, 0, 0.5, 0.4]), [5, 0, Math.log(0.5) / 0.2, 0]);
});

it('regions of like colour are proposed, the same each time', () => {
  // A bright square of 14 × 14 before a dark ground of 32 × 32.
  const pixels = new Float32Array(1024).map((_, at) => {
    const [y, x] = [Math.floor(at / 32), at % 32];
    return y >= 8 && y < 22 && x >= 12 && x < 26 ? 0.9 : 0.1;
  });
  const options = { scale: 0.3, smallest: 8, most: 10 };
  const boxes = proposeRegions(pixels, [32, 32, 1], options);
  const square: Box = [8 / 32, 12 / 32, 22 / 32, 26 / 32];
  expect(Math.max(...boxes.map((box) => overlapOf(box, square)))).toBeGreaterThan(0.7);
  expect(proposeRegions(pixels, [32, 32, 1], options)).toEqual(boxes);
});

describe('assign targets', () => {
  const inputs = () => ({
    // On the object, half of it, elsewhere, unused.
    boxes: tf.tensor([0.2, 0.2, 0.6, 0.6, 0.2, 0.2, 0.4, 0.6, 0.7, 0.7, 0.9, 0.9, 0, 0, 0, 0], [1, 4, 4]),
    truth: tf.tensor([0.2, 0.2, 0.6, 0.6, 0, 0, 0, 0], [1, 2, 4]),
    classes: tf.tensor([[2, 0]], [1, 2], 'int32'),
  });

  it('gives objects their class and correction, and the rest the background', () => {
    const got = run('assign-targets', inputs(), { keep: 5, overlap: 0.6, addTruth: false });
    expect(got.weight).toEqual([1, 1, 1, 0, 0]);
    expect([...(got.class ?? [])].sort()).toEqual([0, 0, 0, 0, 3]);
    expect(got.fg?.reduce((sum, value) => sum + value, 0)).toBe(1);
    close(got.delta, new Array<number>(20).fill(0));
    const object = got.fg?.indexOf(1) ?? -1;
    close([...boxAt(got.rois ?? [], object)], [0.2, 0.2, 0.6, 0.6]);
  });

  it('adds the true boxes while training only', () => {
    const used = (mode: 'train' | 'evaluation') =>
      run('assign-targets', inputs(), { keep: 8 }, mode).weight?.reduce((sum, value) => sum + value, 0);
    expect(used('train')).toBe(4);
    expect(used('evaluation')).toBe(3);
  });

  it('limits the share of objects', () => {
    const many = { ...inputs(), boxes: tf.tile(tf.tensor([0.2, 0.2, 0.6, 0.6], [1, 1, 4]), [1, 6, 1]) };
    const mixed = {
      ...many,
      boxes: tf.concat([many.boxes, tf.tile(tf.tensor([0.7, 0.7, 0.9, 0.9], [1, 1, 4]), [1, 6, 1])], 1),
    };
    const got = run('assign-targets', mixed, { keep: 8, objects: 0.25, addTruth: false });
    expect(got.fg?.reduce((sum, value) => sum + value, 0)).toBe(2);
  });
});

describe('ROI align', () => {
  it('reads a slope at the middle of each cell', () => {
    // x[y, x] = 10·y + x at pixel centres; the box is the lower right quarter of 8 × 8.
    const x = tf.tensor(
      Float32Array.from({ length: 64 }, (_, at) => 10 * Math.floor(at / 8) + (at % 8)),
      [1, 8, 8, 1],
    );
    const boxes = tf.tensor([0.25, 0.5, 0.75, 1], [1, 1, 4]);
    const got = run('roi-align', { x, boxes }, { size: [2, 2] }).y;
    // Cells are 2 pixels: centres at 3 and 5 down, 5 and 7 across, in pixels whose centres are at ½.
    close(got, [10 * 2.5 + 4.5, 10 * 2.5 + 6.5, 10 * 4.5 + 4.5, 10 * 4.5 + 6.5], 3);
  });
});

it('crop and resize cuts out what is inside', () => {
  const x = tf.tensor(
    Float32Array.from({ length: 16 }, (_, at) => at),
    [1, 4, 4, 1],
  );
  const boxes = tf.tensor([0, 0, 1, 1, 1 / 3, 1 / 3, 2 / 3, 2 / 3], [1, 2, 4]);
  close(run('crop-resize', { x, boxes }, { size: [2, 2] }).y, [0, 3, 12, 15, 5, 6, 9, 10]);
});

it('of boxes on one object the best stays, of other classes all', () => {
  const boxes = tf.tensor([0.1, 0.1, 0.5, 0.5, 0.1, 0.12, 0.5, 0.5, 0.6, 0.6, 0.9, 0.9, 0, 0, 0, 0], [1, 4, 4]);
  const shares = [0.1, 0.8, 0.1, 0.05, 0.9, 0.05, 0.2, 0.1, 0.7, 0, 1, 0];
  const scores = tf.tensor(shares, [4, 3]);
  const { detections } = run('nms', { boxes, scores }, { from: 'probabilities', least: 0.3, max: 4 });
  close(detections?.slice(0, 6), [0.1, 0.12, 0.5, 0.5, 0, 0.9]);
  close(detections?.slice(6, 12), [0.6, 0.6, 0.9, 0.9, 1, 0.7]);
  close(detections?.slice(12), new Array<number>(12).fill(0));
});

describe('mean AP', () => {
  const box = (at: number): number[] => [at, at, at + 0.1, at + 0.1];
  const judge = (detections: number[][], truth: number[][], classes: number[]) =>
    meanAveragePrecision(
      {
        detections: detections.flat(),
        most: detections.length,
        boxes: truth.flat(),
        classes,
        perPicture: classes.length,
      },
      0.5,
    );

  it('is 1 where all is found first', () => {
    expect(
      judge(
        [
          [...box(0.1), 0, 0.9],
          [...box(0.5), 1, 0.8],
        ],
        [box(0.1), box(0.5)],
        [0, 1],
      ),
    ).toBe(1);
  });

  it('is the area under the falling envelope of precision', () => {
    // By score: right, wrong, right; two objects and one more that is missed: 1/3·1 + 1/3·2/3.
    const detections = [
      [...box(0.1), 0, 0.9],
      [...box(0.7), 0, 0.8],
      [...box(0.3), 0, 0.7],
    ];
    expect(judge(detections, [box(0.1), box(0.3), box(0.5)], [0, 0, 0])).toBeCloseTo(1 / 3 + (1 / 3) * (2 / 3));
  });

  it('counts a second box on the same object as wrong, and an absent class not at all', () => {
    const twice = [
      [...box(0.1), 0, 0.9],
      [...box(0.1), 0, 0.95],
      [...box(0.3), 0, 0.5],
    ];
    expect(judge(twice, [box(0.1), box(0.3)], [0, 0])).toBeCloseTo(0.5 + 0.5 * (2 / 3));
    expect(judge([[...box(0.1), 2, 0.9]], [box(0.5)], [0])).toBe(0);
  });
});
