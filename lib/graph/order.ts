import type { Edge, EdgeId } from './document';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;

/**
 * A key strictly between two others (`null`: the open end) in plain string order, for variadic inputs. Keys never end
 * in the lowest digit, so that there is always room before them.
 */
export function orderBetween(before: string | null, after: string | null): string {
  const low = before ?? '';
  let key = '';
  for (let place = 0; ; place++) {
    const a = DIGITS.indexOf(low[place] ?? '0');
    const bounded = after?.startsWith(key) ?? false;
    const b = bounded ? DIGITS.indexOf(after?.[place] ?? '0') : BASE;
    if (b - a > 1) return key + DIGITS[Math.floor((a + b) / 2)];
    key += DIGITS[a];
    if (place > 256) return `${key}V`;
  }
}

/** Edges of one variadic input in their order: by `order`, ties by id. */
export function inOrder(edges: Iterable<[EdgeId, Edge]>): [EdgeId, Edge][] {
  return [...edges].sort(([idA, a], [idB, b]) => {
    const [keyA, keyB] = [a.order ?? '', b.order ?? ''];
    if (keyA !== keyB) return keyA < keyB ? -1 : 1;
    return idA < idB ? -1 : idA > idB ? 1 : 0;
  });
}
