import type { Rect } from './rect';
import type { Point } from './route-wire';

export interface WeightLink {
  points: Point[];
  /** Where the link says what it is, and how much of it there is to say it on. */
  middle: Point;
  room: number;
}

/** The link between two nodes with one set of weights: straight where they stand over or beside each other. */
export function weightLink(a: Rect, b: Rect): WeightLink {
  const across = overlap(a.x, a.width, b.x, b.width);
  const [upper, lower] = a.y <= b.y ? [a, b] : [b, a];
  const [top, bottom] = [upper.y + upper.height, lower.y];
  if (across !== null && bottom > top) return line({ x: across, y: top }, { x: across, y: bottom });
  const down = overlap(a.y, a.height, b.y, b.height);
  const [left, right] = a.x <= b.x ? [a, b] : [b, a];
  const [start, end] = [left.x + left.width, right.x];
  if (down !== null && end > start) return line({ x: start, y: down }, { x: end, y: down });
  const [from, to] = [
    { x: upper.x + upper.width / 2, y: top },
    { x: lower.x + lower.width / 2, y: bottom },
  ];
  const y = (top + bottom) / 2;
  const middle = { x: (from.x + to.x) / 2, y };
  return { points: [from, { x: from.x, y }, { x: to.x, y }, to], middle, room: Math.abs(from.x - to.x) };
}

const line = (from: Point, to: Point): WeightLink => ({
  points: [from, to],
  middle: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 },
  room: Math.abs(to.x - from.x) + Math.abs(to.y - from.y),
});

/** The middle of what two stretches have in common. */
function overlap(a: number, aSize: number, b: number, bSize: number): number | null {
  const [start, end] = [Math.max(a, b), Math.min(a + aSize, b + bSize)];
  return start < end ? (start + end) / 2 : null;
}
