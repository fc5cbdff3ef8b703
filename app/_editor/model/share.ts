import { isRecord } from '@/lib/base/json';

/**
 * `next`, but with every part that equals the same part of `before` replaced by it: what did not change keeps its
 * identity, so that memoised views do not render again.
 */
export function share<T>(before: unknown, next: T): T {
  if (Object.is(before, next)) return next;
  if (Array.isArray(before) && Array.isArray(next)) {
    const items = next.map((item, index) => share(before[index], item));
    const same = before.length === items.length && items.every((item, index) => Object.is(item, before[index]));
    return (same ? before : items) as T;
  }
  if (isRecord(before) && isRecord(next)) {
    const shared: Record<string, unknown> = {};
    let same = Object.keys(before).length === Object.keys(next).length;
    for (const [key, value] of Object.entries(next)) {
      const member = share(before[key], value);
      shared[key] = member;
      same &&= key in before && Object.is(member, before[key]);
    }
    return (same ? before : shared) as T;
  }
  return next;
}
