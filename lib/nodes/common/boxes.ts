import type { PlacedBox } from '../kind';

/**
 * Boxes are rows of y1, x1, y2, x2 in parts of the picture: (0, 0) is its upper left corner, (1, 1) the lower right one.
 * A set has a fixed number of rows; those that are not used have no area and stand at the end. Class numbers of boxes
 * count objects from 0; a detector's scores begin with the background, so that object class k has score k + 1.
 * Detections are rows of y1, x1, y2, x2, class, score; unused ones are zero.
 */
export type Box = [number, number, number, number];

/** Numbers of one detection. */
export const DETECTION = 6;

type Numbers = ArrayLike<number>;

/** Row `at` of boxes with `width` numbers a row. */
export const boxAt = (rows: Numbers, at: number, width = 4): Box => [
  rows[at * width] ?? 0,
  rows[at * width + 1] ?? 0,
  rows[at * width + 2] ?? 0,
  rows[at * width + 3] ?? 0,
];

export const areaOf = ([y1, x1, y2, x2]: Box): number => Math.max(0, y2 - y1) * Math.max(0, x2 - x1);

/** Whether a row is used at all. */
export const isBox = (box: Box): boolean => areaOf(box) > 0;

/** Intersection over union, 0 to 1. */
export function overlapOf(a: Box, b: Box): number {
  const height = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const width = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (height <= 0 || width <= 0) return 0;
  const both = height * width;
  return both / (areaOf(a) + areaOf(b) - both);
}

/** The boxes of one picture for a sample: those with an area, their class from `classOf`. */
export function placedBoxes(
  rows: Numbers,
  first: number,
  count: number,
  width: number,
  classOf: (row: number) => number,
  scoreOf?: (row: number) => number,
): PlacedBox[] {
  return Array.from({ length: count }, (_, index) => first + index).flatMap((row) => {
    const box = boxAt(rows, row, width);
    if (!isBox(box)) return [];
    const score = scoreOf?.(row);
    return [
      { box: box.map(rounded) as Box, class: classOf(row), ...(score === undefined ? {} : { score: rounded(score) }) },
    ];
  });
}

/** Finer than any pixel. */
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** Units of a box's correction, so that targets are about 1 in size: parts of its size for the centre, logarithms for the size. */
const UNITS = [0.1, 0.1, 0.2, 0.2] as const;

/** What leads from `box` to `target`: shifts of the centre in sizes of the box, and logarithms of the ratios of sizes. */
export function correctionOf(box: Box, target: Box): Box {
  const [a, b] = [centered(box), centered(target)];
  return [
    (b.y - a.y) / a.height / UNITS[0],
    (b.x - a.x) / a.width / UNITS[1],
    Math.log(b.height / a.height) / UNITS[2],
    Math.log(b.width / a.width) / UNITS[3],
  ];
}

/** A box after a correction, cut off at the picture's edges. */
export function corrected(box: Box, [dy, dx, dh, dw]: Box): Box {
  const { y, x, height, width } = centered(box);
  const grow = (size: number, by: number): number => (size * Math.exp(Math.min(by, MOST_GROWTH))) / 2;
  const [cy, cx] = [y + dy * UNITS[0] * height, x + dx * UNITS[1] * width];
  const [halfHeight, halfWidth] = [grow(height, dh * UNITS[2]), grow(width, dw * UNITS[3])];
  return [clip(cy - halfHeight), clip(cx - halfWidth), clip(cy + halfHeight), clip(cx + halfWidth)];
}

/** An untrained network must not ask for infinite boxes. */
const MOST_GROWTH = 4;

const clip = (value: number): number => Math.min(1, Math.max(0, value));

const centered = ([y1, x1, y2, x2]: Box) => ({
  y: (y1 + y2) / 2,
  x: (x1 + x2) / 2,
  height: Math.max(y2 - y1, 1e-6),
  width: Math.max(x2 - x1, 1e-6),
});
