import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrder, orderBetween } from '@/lib/graph/order';

test('a key fits between any two neighbours, however often', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { maxLength: 60 }), (places) => {
      const keys: string[] = [];
      for (const place of places) {
        const index = place % (keys.length + 1);
        keys.splice(index, 0, orderBetween(keys[index - 1] ?? null, keys[index] ?? null));
      }
      expect([...keys].sort()).toEqual(keys);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { seed: 5 },
  );
});

test('ties are broken by id', () => {
  const edge = (order?: string) => ({
    from: ['a', 'y'] as [string, string],
    to: ['b', 'x'] as [string, string],
    ...(order ? { order } : {}),
  });
  expect(
    inOrder([
      ['e2', edge('V')],
      ['e1', edge('V')],
      ['e3', edge()],
    ]).map(([id]) => id),
  ).toEqual(['e3', 'e1', 'e2']);
});
