import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apply } from '@/lib/graph/apply';
import type { Document } from '@/lib/graph/document';
import { moveWire } from '@/lib/graph/move-wire';
import { inOrder } from '@/lib/graph/order';
import { buildDocument } from '@/tests/helpers/build-document';

/** Three wires into `sum`, one into another node; the order keys are given. */
const document = (keys: readonly (string | undefined)[]): Document => {
  const built = buildDocument({
    nodes: { d: ['dataset', { dataset: 'mnist' }], sum: ['add'], row: ['flatten'] },
    wires: [['d.image', 'row']],
  });
  for (const [index, order] of keys.entries())
    built.graph.edges[`w${index}`] = { from: ['d', 'image'], to: ['sum', 'x'], ...(order ? { order } : {}) };
  return built;
};

const idsOf = ({ graph }: Document) =>
  inOrder(Object.entries(graph.edges).filter(([, { to }]) => to[0] === 'sum')).map(([id]) => id);

const moved = (before: Document, id: string, to: number): Document => {
  const command = moveWire(before, 'main', id, to);
  if (!command) return before;
  const applied = apply(before, command);
  if ('diagnostic' in applied) throw new Error(applied.diagnostic.message);
  return applied.document;
};

test('a wire goes where it is put, whatever keys the wires have', () => {
  const keys = fc.array(fc.option(fc.constantFrom('A', 'V', 'VV', 'z'), { nil: undefined }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(keys, fc.array(fc.tuple(fc.nat(5), fc.nat(7)), { maxLength: 8 }), (given, moves) => {
      let now = document(given);
      for (const [which, to] of moves) {
        const ids = idsOf(now);
        const id = ids[which % ids.length] ?? '';
        const wanted = ids.filter((other) => other !== id);
        wanted.splice(Math.min(to, wanted.length), 0, id);
        now = moved(now, id, to);
        expect(idsOf(now)).toEqual(wanted);
      }
    }),
    { seed: 7 },
  );
});

test('where there is room, one wire alone changes, and nothing where it stands there already', () => {
  const before = document(['A', 'M', 'Z']);
  expect(moveWire(before, 'main', 'w2', 0)).toMatchObject({ do: 'set-edge', id: 'w2' });
  expect(moveWire(before, 'main', 'w1', 1)).toBeNull();
  expect(moveWire(before, 'main', 'nowhere', 1)).toBeNull();
});
