import {
  type Block,
  type Document,
  type Edge,
  emptyDocument,
  type Graph,
  type Node,
  type ParamValue,
} from '@/lib/graph/document';

type Port = `${string}.${string}`;

/** A graph in short: nodes by id as kind and params, wires as `from.port → to.port` (ports default to `y` and `x`). */
export interface GraphSketch {
  nodes: Record<string, [kind: string, params?: Record<string, ParamValue>, more?: Partial<Node>]>;
  wires: [from: string, to: string][];
}

export function buildGraph({ nodes, wires }: GraphSketch): Graph {
  const graph: Graph = { nodes: {}, edges: {} };
  for (const [id, [kind, params = {}, more = {}]] of Object.entries(nodes))
    graph.nodes[id] = { kind, version: 1, name: id, params, ...more };
  wires.forEach(([from, to], index) => {
    const edge: Edge = { from: end(from as Port, 'y'), to: end(to as Port, 'x') };
    edge.order = String.fromCharCode(65 + Math.floor(index / 26)) + String.fromCharCode(65 + (index % 26));
    graph.edges[`e${index}`] = edge;
  });
  return graph;
}

function end(text: string, port: string): [string, string] {
  const at = text.indexOf('.');
  return at < 0 ? [text, port] : [text.slice(0, at), text.slice(at + 1)];
}

export interface DocumentSketch extends GraphSketch {
  blocks?: Record<
    string,
    Omit<Block, 'graph' | 'params' | 'title'> & GraphSketch & Partial<Pick<Block, 'params' | 'title'>>
  >;
  rest?: Partial<Document>;
}

/** A whole document from sketches of its graphs. */
export function buildDocument({ blocks = {}, rest = {}, ...main }: DocumentSketch): Document {
  const document: Document = { ...emptyDocument('A test'), graph: buildGraph(main), ...rest };
  for (const [id, { nodes, wires, inputs, outputs, params = {}, title = id }] of Object.entries(blocks))
    document.blocks[id] = { title, graph: buildGraph({ nodes, wires }), inputs, outputs, params };
  return document;
}

/** The mnist-cnn of DECISIONS 11, with readable ids. */
export const mnistCnn = (): Document =>
  buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'mnist' }],
      conv1: ['conv-2d', { filters: 32, kernel: [3, 3], activation: 'relu' }],
      pool1: ['max-pool-2d'],
      conv2: ['conv-2d', { filters: 64, kernel: [3, 3], activation: 'relu' }],
      pool2: ['max-pool-2d'],
      flat: ['flatten'],
      drop: ['dropout', { rate: 0.25 }],
      dense1: ['dense', { units: 128, activation: 'relu' }],
      logits: ['dense', { units: 10 }],
      L: ['cross-entropy'],
      acc: ['accuracy'],
      opt: ['adam'],
      T: ['training', { epochs: 5 }],
      soft: ['softmax'],
      out: ['output', { key: 'digit' }],
    },
    wires: [
      ['d.image', 'conv1'],
      ['conv1', 'pool1'],
      ['pool1', 'conv2'],
      ['conv2', 'pool2'],
      ['pool2', 'flat'],
      ['flat', 'drop'],
      ['drop', 'dense1'],
      ['dense1', 'logits'],
      ['logits', 'L.logits'],
      ['d.label', 'L.labels'],
      ['logits', 'acc.logits'],
      ['d.label', 'acc.labels'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['acc.metric', 'T.monitor'],
      ['logits', 'soft'],
      ['soft', 'out'],
    ],
  });
