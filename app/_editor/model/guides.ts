import type { Box } from './route-wire';

/** A line that shows with what a dragged node is level. */
export interface Guide {
  axis: 'x' | 'y';
  at: number;
  from: number;
  to: number;
}

export interface Guided {
  /** What is missing to be level. */
  dx: number;
  dy: number;
  guides: Guide[];
}

const FAR = 900;

/** How a moving box comes level with the edges and middles of others, and the lines that say so. */
export function guide(moving: Box, others: readonly Box[], reach: number): Guided {
  const near = others.filter(
    (box) =>
      box.x < moving.x + moving.width + FAR &&
      box.x + box.width > moving.x - FAR &&
      box.y < moving.y + moving.height + FAR &&
      box.y + box.height > moving.y - FAR,
  );
  const dx = nearest(near, (box) => differences(moving.x, moving.width, box.x, box.width), reach);
  const dy = nearest(near, (box) => differences(moving.y, moving.height, box.y, box.height), reach);
  const placed = { ...moving, x: moving.x + (dx ?? 0), y: moving.y + (dy ?? 0) };
  return {
    dx: dx ?? 0,
    dy: dy ?? 0,
    guides: [...(dx === null ? [] : lines('x', placed, near)), ...(dy === null ? [] : lines('y', placed, near))],
  };
}

/** From the moving edges and middle to those of the other. */
const differences = (at: number, size: number, other: number, otherSize: number): number[] => [
  other - at,
  other + otherSize - (at + size),
  other + otherSize / 2 - (at + size / 2),
];

function nearest(boxes: readonly Box[], away: (box: Box) => number[], reach: number): number | null {
  let best: number | null = null;
  for (const box of boxes) {
    for (const difference of away(box)) {
      if (Math.abs(difference) <= reach && (best === null || Math.abs(difference) < Math.abs(best))) best = difference;
    }
  }
  return best;
}

/** One line for each edge or middle that is level with at least one other box, over all of them. */
function lines(axis: 'x' | 'y', placed: Box, boxes: readonly Box[]): Guide[] {
  const [size, across, width] =
    axis === 'x' ? (['width', 'y', 'height'] as const) : (['height', 'x', 'width'] as const);
  return [0, 1, 0.5].flatMap((part) => {
    const at = placed[axis] + part * placed[size];
    const level = boxes.filter((box) => Math.abs(box[axis] + part * box[size] - at) < 0.5);
    if (!level.length) return [];
    const all = [...level, placed];
    return [
      {
        axis,
        at,
        from: Math.min(...all.map((box) => box[across])),
        to: Math.max(...all.map((box) => box[across] + box[width])),
      },
    ];
  });
}
