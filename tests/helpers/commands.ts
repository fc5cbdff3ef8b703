import fc from 'fast-check';
import type { Json } from '@/lib/base/json';
import type { BlockPatch, Command, DocumentPatch, NodePatch } from '@/lib/graph/command';
import {
  type Block,
  type BlockPort,
  type Document,
  type Expectation,
  emptyDocument,
  type Graph,
  type Node,
} from '@/lib/graph/document';

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

/** Every member that a command may set, or take away where it may be absent. */
const nodePatch: fc.Arbitrary<NodePatch> = fc.record(
  {
    kind: fc.constantFrom('dense', 'add', 'block:b1'),
    version: fc.constant(1),
    name: fc.string({ maxLength: 5 }),
    promoted: fc.constantFrom(['units'], null),
    muted: fc.constantFrom(true, null),
    bypassed: fc.constantFrom(true, null),
    frozen: fc.constantFrom(true, null),
    start: fc.constantFrom({ key: 'twin' }, { asset: 'net', scope: 'enc' }, null),
  },
  { requiredKeys: [] },
);
const params = fc.constantFrom({}, { width: { title: 'Width', default: 8, min: 1, max: 64 } });
const documentPatch: fc.Arbitrary<DocumentPatch> = fc.record(
  {
    title: fc.string(),
    settings: fc.constantFrom({ batch: 32, lengths: {} }, { batch: { '=': '4*width' }, lengths: { T: 12 } }),
    params,
    presets: fc.constantFrom({}, { quick: { width: 4 } }),
    variants: fc.constantFrom([], [{ id: 'wide', title: 'Wide', set: { width: 32 } }]),
    expected: fc.constantFrom<Expectation[][]>([], [{ metric: 'accuracy', op: '>', value: 0.9 }]),
    notes: fc.constantFrom<Json[]>([], [{ id: 'a', graph: 'main', x: 0, y: 0, text: 'why' }]),
    frames: fc.constantFrom<Json[]>([], [{ id: 'f', graph: 'main', title: 'Head', x: 0, y: 0, w: 99, h: 99 }]),
  },
  { requiredKeys: [] },
);

const blockPorts = fc.constantFrom<BlockPort[][]>([], [{ id: 'x', name: 'Input', type: 'tensor' }]);
const library = { id: 'l1', hash: '00ff' };
const blockPatch: fc.Arbitrary<BlockPatch> = fc.record(
  { title: fc.string(), inputs: blockPorts, outputs: blockPorts, params, library: fc.constant(library) },
  { requiredKeys: [] },
);
const block: fc.Arbitrary<Block> = fc.record(
  {
    title: fc.string(),
    graph: fc.constantFrom<Graph[]>(
      { nodes: {}, edges: {} },
      {
        nodes: { n1: { kind: 'dense', version: 1, name: 'inner', params: { units: { '=': 'width' } } } },
        edges: { e1: { from: ['$in', 'x'], to: ['n1', 'x'] } },
      },
    ),
    inputs: blockPorts,
    outputs: blockPorts,
    params,
    library: fc.constant(library),
  },
  { requiredKeys: ['title', 'graph', 'inputs', 'outputs', 'params'] },
);

const simpleCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('add-node' as const), graph, id: nodeId, node, layout }) },
  fc.record({ do: fc.constant('remove-node' as const), graph, id: nodeId }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('set-node' as const), graph, id: nodeId, set: nodePatch }) },
  fc.record({
    do: fc.constant('set-param' as const),
    graph,
    id: nodeId,
    param: fc.constantFrom('units', 'rate'),
    value: fc.oneof(fc.integer(), fc.constant({ '=': '2*width' })),
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
    graph,
    set: fc.dictionary(nodeId, fc.oneof(layout, fc.constant(null)), { minKeys: 1 }),
  }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('set-document' as const), set: documentPatch }) },
  {
    weight: 2,
    arbitrary: fc.record(
      { do: fc.constant('add-block' as const), id: fc.constant('b1'), block, layout: fc.dictionary(nodeId, layout) },
      { requiredKeys: ['do', 'id', 'block'] },
    ),
  },
  fc.record({ do: fc.constant('remove-block' as const), id: fc.constant('b1') }),
  fc.record({ do: fc.constant('set-block' as const), id: fc.constant('b1'), set: blockPatch }),
);

/** Any command, on few ids, so that a sequence of them meets itself; some of them several in one. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: simpleCommand },
  fc.record({
    do: fc.constant('batch' as const),
    title: fc.constant('Several'),
    commands: fc.array(simpleCommand, { minLength: 1, maxLength: 3 }),
  }),
);

const plain = (name: string): Node => ({ kind: 'dense', version: 1, name, params: {} });

/** Two nodes to begin with, so that most wires find their ends. */
export const startDocument = (): Document => ({
  ...emptyDocument('start'),
  graph: { nodes: { n1: plain('one'), n2: plain('two') }, edges: {} },
  layout: { main: { n1: { x: 0, y: 0 }, n2: { x: 200, y: 0 } } },
});
