import { randomId } from '@/lib/base/ids';
import type { Command } from '@/lib/graph/command';
import { connect } from '@/lib/graph/connect';
import type { Document, EdgeId, GraphId, Node, NodeId } from '@/lib/graph/document';
import { graphOf } from '@/lib/graph/document';
import { canConnect } from '@/lib/graph/port-type';
import type { Face, FaceEnv, PlainParams, PortFace } from '@/lib/nodes/kind';
import { baseName, freeName } from './name-node';
import { nodePorts, plainParams } from './ports-of';

export const GRID = 16;
export const snap = (value: number): number => Math.round(value / GRID) * GRID;

export interface NewNode {
  id: NodeId;
  node: Node;
  command: Command;
}

/** The command that puts a new node of a kind on the canvas. */
export function placeNode(
  document: Document,
  graph: GraphId,
  face: Face,
  at: { x: number; y: number },
  params: PlainParams = {},
  env?: FaceEnv,
): NewNode {
  const id = randomId('n');
  const there = graphOf(document, graph) ?? { nodes: {}, edges: {} };
  const key = 'key' in face.fields && !('key' in params) ? { key: freeKey(document, face) } : {};
  const node: Node = {
    kind: face.id,
    version: face.version,
    name: freeName(there, blockName(params, env) ?? face.id),
    params: { ...key, ...params },
  };
  return { id, node, command: { do: 'add-node', graph, id, node, layout: { x: snap(at.x), y: snap(at.y) } } };
}

/** An instance is called after its block. */
function blockName(params: PlainParams, env: FaceEnv | undefined): string | null {
  const title = typeof params.block === 'string' ? env?.block(params.block)?.title : undefined;
  const name = title
    ?.toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name || null;
}

/** Metric and output keys are unique in the document (DECISIONS 4). */
function freeKey(document: Document, face: Face): string {
  const field = face.fields.key;
  const base = typeof field?.default === 'string' && field.default ? field.default : baseName(face.id);
  const graphs = [document.graph, ...Object.values(document.blocks).map((block) => block.graph)];
  const taken = new Set(graphs.flatMap((graph) => Object.values(graph.nodes).map((node) => node.params.key)));
  for (const node of graphs.flatMap((graph) => Object.values(graph.nodes)))
    if (!('key' in node.params)) taken.add(node.kind);
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) if (!taken.has(`${base}${number}`)) return `${base}${number}`;
}

/** The first port of a fresh node that a wire fits: required ones first, `x` before all. */
export function fittingPort(
  face: Face,
  env: FaceEnv,
  open: { side: 'in' | 'out'; type: PortFace['type'] },
  params: PlainParams = {},
): PortFace | undefined {
  const filled = plainParams({ params }, face, {});
  const ports = nodePorts({}, face, filled, env);
  const candidates = open.side === 'out' ? ports.inputs : ports.outputs;
  const fits = candidates.filter((port) =>
    open.side === 'out' ? canConnect(open.type, port.type) : canConnect(port.type, open.type),
  );
  return (
    fits.find((port) => !port.optional && port.type === open.type) ??
    fits.find((port) => port.type === open.type) ??
    fits[0]
  );
}

/** Puts a node into a wire: what came in goes to the node, what it makes goes on. Null where it does not fit. */
export function insertOnWire(
  document: Document,
  graph: GraphId,
  edgeId: EdgeId,
  node: { id: NodeId; inputs: readonly PortFace[]; outputs: readonly PortFace[] },
  typeOf: (end: readonly [NodeId, string], side: 'in' | 'out') => PortFace | undefined,
): Command | null {
  const edge = graphOf(document, graph)?.edges[edgeId];
  if (!edge || edge.from[0] === node.id || edge.to[0] === node.id) return null;
  const source = typeOf(edge.from, 'out');
  const target = typeOf(edge.to, 'in');
  if (!source || !target) return null;
  const input = node.inputs.find((port) => !port.optional && canConnect(source.type, port.type));
  const output = node.outputs.find((port) => canConnect(port.type, target.type));
  if (!input || !output) return null;
  const into = connect(document, {
    graph,
    from: edge.from,
    to: [node.id, input.id],
    output: source,
    input: portInfo(input),
  });
  if ('diagnostic' in into) return null;
  return {
    do: 'batch',
    title: 'Insert into wire',
    commands: [
      { do: 'remove-edge', graph, id: edgeId },
      into.command,
      {
        do: 'add-edge',
        graph,
        id: randomId('e'),
        edge: {
          from: [node.id, output.id],
          to: [edge.to[0], edge.to[1]],
          ...(edge.order ? { order: edge.order } : {}),
        },
      },
    ],
  };
}

const portInfo = (port: PortFace) => ({ type: port.type, ...(port.variadic ? { variadic: true as const } : {}) });
