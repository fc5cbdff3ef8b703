import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Document, Graph } from '@/lib/graph/document';
import { mnistCnn } from '@/tests/helpers/build-document';
import { nested } from '@/tests/helpers/caller-documents';
import { programOf } from '@/tests/helpers/compile-context';
import { gan } from '@/tests/helpers/example-documents';

const shuffle = <T>(record: Record<string, T>, order: readonly number[]): Record<string, T> =>
  Object.fromEntries(
    Object.entries(record)
      .map((entry, index): [number, [string, T]] => [order[index % order.length] ?? 0, entry])
      .sort((a, b) => a[0] - b[0])
      .map(([, entry]) => entry),
  );

const shuffleGraph = ({ nodes, edges }: Graph, order: readonly number[]): Graph => ({
  nodes: shuffle(nodes, order),
  edges: shuffle(edges, order),
});

test.each([
  ['blocks', gan],
  ['callers', nested],
])('the order in which nodes, edges and blocks were made does not matter: %s', (_, made) => {
  const { hash } = programOf(made());
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 5, maxLength: 40 }), (order) => {
      const document = made();
      const blocks = Object.fromEntries(
        Object.entries(document.blocks).map(([id, block]) => [
          id,
          { ...block, graph: shuffleGraph(block.graph, order) },
        ]),
      );
      const shuffled: Document = {
        ...document,
        graph: shuffleGraph(document.graph, order),
        blocks: shuffle(blocks, order),
      };
      expect(programOf(shuffled).hash).toBe(hash);
      expect(programOf(shuffled)).toEqual(programOf(document));
    }),
    { numRuns: 30, seed: 11 },
  );
});

test('layout, names, titles, notes and the seed are outside', () => {
  const document = mnistCnn();
  document.title = 'Another title';
  document.notes = [{ text: 'hello' }];
  document.frames = [{ title: 'a frame' }];
  document.layout = { main: { conv1: { x: 3, y: 4, color: 'red' } } };
  for (const [id, node] of Object.entries(document.graph.nodes)) node.name = `new ${id}`;
  const { T } = document.graph.nodes;
  if (T) T.params.seed = 77;
  const program = programOf(document);
  expect(program.hash).toBe(programOf(mnistCnn()).hash);
  expect(program.seed).toBe(77);
  expect(program.variables[0]?.name).toBe('new conv1/kernel');
});

test('what changes the computation changes the hash', () => {
  const { hash } = programOf(mnistCnn());
  const changes: ((document: Document) => void)[] = [
    (document) => Object.assign(document.graph.nodes.conv1?.params ?? {}, { filters: 31 }),
    (document) => Object.assign(document.graph.nodes.drop?.params ?? {}, { rate: 0.3 }),
    (document) => Object.assign(document.graph.nodes.opt?.params ?? {}, { rate: 0.01 }),
    (document) => Object.assign(document.graph.nodes.acc?.params ?? {}, { key: 'right' }),
    (document) => Object.assign(document.graph.nodes.dense1 ?? {}, { frozen: true }),
    (document) => Object.assign(document.settings, { batch: 32 }),
  ];
  const hashes = changes.map((change) => {
    const document = mnistCnn();
    change(document);
    return programOf(document).hash;
  });
  expect(new Set([hash, ...hashes]).size).toBe(changes.length + 1);
});

test('a node that nothing needs is not part of the program', () => {
  const document = mnistCnn();
  document.graph.nodes.idle = { kind: 'dense', version: 1, name: 'idle', params: {} };
  document.graph.edges.idle = { from: ['flat', 'y'], to: ['idle', 'x'] };
  expect(programOf(document).hash).toBe(programOf(mnistCnn()).hash);
});

test('a program survives JSON', () => {
  for (const document of [mnistCnn(), gan()]) {
    const program = programOf(document);
    expect(JSON.parse(JSON.stringify(program))).toEqual(program);
  }
});
