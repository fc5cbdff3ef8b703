import fc from 'fast-check';
import type { Command, DocumentPatch, NodePatch } from '@/lib/graph/command';
import { type BlockPort, type Document, emptyDocument, type Node } from '@/lib/graph/document';

const NODES = ['n1', 'n2', 'n3', 'n4'];
const EDGES = ['e1', 'e2', 'e3'];
const GRAPHS = ['main', 'b1'];

const node: fc.Arbitrary<Node> = fc.record({
  kind: fc.constantFrom('dense', 'add'),
  version: fc.constant(1),
  name: fc.string({ maxLength: 8 }),
  params: fc.dictionary(
    fc.constantFrom('units', 'bias', 'rate'),
    fc.oneof(fc.integer(), fc.boolean(), fc.constant(null)),
  ),
});
const layout = fc.record({ x: fc.integer(), y: fc.integer() });
const graph = fc.constantFrom(...GRAPHS);
const nodeId = fc.constantFrom(...NODES);
const edgeId = fc.constantFrom(...EDGES);

const nodePatch: fc.Arbitrary<NodePatch> = fc.oneof(
  fc.record({ name: fc.string({ maxLength: 5 }) }),
  fc.record({ muted: fc.constantFrom(true as const, null) }),
);
const documentPatch: fc.Arbitrary<DocumentPatch> = fc.oneof(
  fc.record({ title: fc.string() }),
  fc.record({ settings: fc.constant({ batch: 32, lengths: {} }) }),
);

/** Any command, on few ids, so that a sequence of them meets itself. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('add-node' as const), graph, id: nodeId, node, layout }) },
  fc.record({ do: fc.constant('remove-node' as const), graph, id: nodeId }),
  fc.record({
    do: fc.constant('set-node' as const),
    graph,
    id: nodeId,
    set: nodePatch,
  }),
  fc.record({
    do: fc.constant('set-param' as const),
    graph,
    id: nodeId,
    param: fc.constantFrom('units', 'rate'),
    value: fc.integer(),
  }),
  fc.record({ do: fc.constant('set-param' as const), graph, id: nodeId, param: fc.constantFrom('units', 'bias') }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('add-edge' as const),
      graph,
      id: edgeId,
      edge: fc.record({ from: fc.tuple(nodeId, fc.constant('y')), to: fc.tuple(nodeId, fc.constant('x')) }),
    }),
  },
  fc.record({ do: fc.constant('remove-edge' as const), graph, id: edgeId }),
  fc.record({
    do: fc.constant('set-edge' as const),
    graph,
    id: edgeId,
    set: fc.oneof(
      fc.record({ order: fc.constantFrom('V', 'a', null) }),
      fc.record({ via: fc.oneof(fc.array(fc.tuple(fc.integer(), fc.integer()), { maxLength: 3 }), fc.constant(null)) }),
    ),
  }),
  fc.record({
    do: fc.constant('set-layout' as const),
    graph: fc.constant('main'),
    set: fc.dictionary(nodeId, fc.oneof(layout, fc.constant(null)), { minKeys: 1 }),
  }),
  fc.record({
    do: fc.constant('set-document' as const),
    set: documentPatch,
  }),
  fc.record({
    do: fc.constant('add-block' as const),
    id: fc.constant('b1'),
    block: fc.record({
      title: fc.string(),
      graph: fc.constant({ nodes: {}, edges: {} }),
      inputs: fc.constant<BlockPort[]>([]),
      outputs: fc.constant<BlockPort[]>([]),
      params: fc.constant({}),
    }),
  }),
  fc.record({ do: fc.constant('remove-block' as const), id: fc.constant('b1') }),
  fc.record({ do: fc.constant('set-block' as const), id: fc.constant('b1'), set: fc.record({ title: fc.string() }) }),
);

export const startDocument = (): Document => emptyDocument('start');
