import type { Box } from './route-wire';

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';

/** New corners of boxes so that an edge or the middle of all of them is level with that of the whole group. */
export function alignBoxes(
  boxes: Readonly<Record<string, Box>>,
  to: Alignment,
): Record<string, { x: number; y: number }> {
  const all = Object.values(boxes);
  const left = Math.min(...all.map(({ x }) => x));
  const right = Math.max(...all.map(({ x, width }) => x + width));
  const top = Math.min(...all.map(({ y }) => y));
  const bottom = Math.max(...all.map(({ y, height }) => y + height));
  const place = ({ x, y, width, height }: Box): { x: number; y: number } => {
    switch (to) {
      case 'left':
        return { x: left, y };
      case 'center':
        return { x: Math.round((left + right - width) / 2), y };
      case 'right':
        return { x: right - width, y };
      case 'top':
        return { x, y: top };
      case 'middle':
        return { x, y: Math.round((top + bottom - height) / 2) };
      case 'bottom':
        return { x, y: bottom - height };
    }
  };
  return Object.fromEntries(Object.entries(boxes).map(([id, box]) => [id, place(box)]));
}

/** New corners of boxes with equal gaps between the first and the last, which stay. */
export function distributeBoxes(
  boxes: Readonly<Record<string, Box>>,
  axis: 'x' | 'y',
): Record<string, { x: number; y: number }> {
  const size = axis === 'x' ? 'width' : 'height';
  const sorted = Object.entries(boxes).sort(([, a], [, b]) => a[axis] + a[size] / 2 - (b[axis] + b[size] / 2));
  const [first, last] = [sorted[0]?.[1], sorted.at(-1)?.[1]];
  if (!first || !last || sorted.length < 3) return {};
  const taken = sorted.reduce((sum, [, box]) => sum + box[size], 0);
  const gap = (last[axis] + last[size] - first[axis] - taken) / (sorted.length - 1);
  const places: Record<string, { x: number; y: number }> = {};
  let at = first[axis];
  for (const [id, box] of sorted) {
    places[id] = { x: box.x, y: box.y, [axis]: Math.round(at) };
    at += box[size] + gap;
  }
  return places;
}
