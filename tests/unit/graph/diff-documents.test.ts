import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apply } from '@/lib/graph/apply';
import type { Command } from '@/lib/graph/command';
import { commandBetween, diffDocuments } from '@/lib/graph/diff-documents';
import { type Document, emptyDocument, graphOf } from '@/lib/graph/document';
import { anyCommand, startDocument } from '@/tests/helpers/commands';

function after(document: Document, commands: readonly Command[]): Document {
  return commands.reduce((current, command) => {
    const applied = apply(current, command);
    return 'document' in applied ? applied.document : current;
  }, document);
}

/** A place without a node means nothing. */
const content = (document: Document) => ({
  ...document,
  layout: Object.fromEntries(
    ['main', ...Object.keys(document.blocks)].map((graph) => [
      graph,
      Object.fromEntries(
        Object.entries(document.layout[graph] ?? {}).filter(([id]) => graphOf(document, graph)?.nodes[id]),
      ),
    ]),
  ),
});

test('the command between any two states leads from one to the other and back', () => {
  const some = fc.array(anyCommand, { maxLength: 25 });
  fc.assert(
    fc.property(some, some, (first, second) => {
      const from = after(startDocument(), first);
      const to = after(startDocument(), second);
      const there = apply(from, commandBetween(from, to, 'There'));
      if ('diagnostic' in there) throw new Error(there.diagnostic.message);
      expect(content(there.document)).toEqual(content(to));
      expect(diffDocuments(there.document, to)).toEqual({ graphs: {}, elsewhere: [] });
      const back = apply(there.document, there.inverse);
      if ('diagnostic' in back) throw new Error(back.diagnostic.message);
      expect(content(back.document)).toEqual(content(from));
    }),
    { numRuns: 300, seed: 6 },
  );
});

test('says which nodes, params and wires differ, and not where they stand', () => {
  const dense = { kind: 'dense', version: 1, name: 'a', params: { units: 8, bias: true } };
  const before = emptyDocument('x');
  before.graph.nodes = { a: dense, gone: { ...dense, name: 'gone' } };
  before.graph.edges = { e: { from: ['a', 'y'], to: ['gone', 'x'] } };
  const later = emptyDocument('y');
  later.graph.nodes = { a: { ...dense, params: { units: 9, bias: true } }, fresh: dense };
  later.layout = { main: { a: { x: 5, y: 5 } } };
  expect(diffDocuments(before, later)).toEqual({
    graphs: {
      main: {
        nodes: {
          a: { change: 'changed', node: later.graph.nodes.a, params: ['units'] },
          gone: { change: 'removed', node: before.graph.nodes.gone, params: [] },
          fresh: { change: 'added', node: dense, params: [] },
        },
        edges: { e: { change: 'removed', edge: before.graph.edges.e } },
      },
    },
    elsewhere: ['title'],
  });
});
