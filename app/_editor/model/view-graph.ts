import type { CompileResult, NodeInsight } from '@/lib/compile/result';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import {
  type Document,
  type Graph,
  type GraphId,
  graphOf,
  type Node,
  type NodeId,
  type PortId,
} from '@/lib/graph/document';
import { inOrder } from '@/lib/graph/order';
import type { Face, FaceEnv } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import { viewEnds } from './ends-view';
import { type NodeView, titleOf, viewNode, type WireEnd } from './node-view';
import { pathAlong, type Step } from './path-in';
import { plainParams, scopeOf } from './ports-of';
import { share } from './share';

export type GraphView = Readonly<Record<NodeId, NodeView>>;

/** Views of all nodes of a graph; nodes that look the same as in `before` keep their identity. */
export function viewGraph(
  document: Document,
  graphId: GraphId,
  faces: Readonly<Record<string, Face>>,
  env: FaceEnv,
  result: CompileResult | null,
  before: GraphView,
  way: readonly Step[] = [],
): GraphView {
  const graph = graphOf(document, graphId);
  if (!graph) return {};
  const scope = scopeOf(document, graphId);
  const wiredIn = new Map<NodeId, Map<PortId, WireEnd[]>>();
  const wiredOut = new Map<NodeId, Set<PortId>>();
  for (const [id, edge] of inOrder(Object.entries(graph.edges))) {
    const source = graph.nodes[edge.from[0]];
    const face = source && faces[source.kind];
    const title = source ? titleOf(source, face, face ? plainParams(source, face, scope) : {}, env) : 'input';
    const name = source?.name || title;
    const ports = wiredIn.get(edge.to[0]) ?? new Map<PortId, WireEnd[]>();
    wiredIn.set(edge.to[0], ports);
    ports.set(edge.to[1], [...(ports.get(edge.to[1]) ?? []), { edge: id, title, name }]);
    wiredOut.set(edge.from[0], (wiredOut.get(edge.from[0]) ?? new Set()).add(edge.from[1]));
  }
  const path = pathAlong(way, result);
  const problems = byNode(result?.diagnostics ?? [], graphId, graphId === 'main' ? '' : path.prefix);
  const insights = { ...insightsOf(result, graphId, path.prefix) };
  for (const [id, node] of Object.entries(graph.nodes)) {
    if (node.bypassed && !insights[id]) insights[id] = passedOn(id, graph, document, faces, insights);
  }
  const layout = document.layout[graphId] ?? {};
  const views: Record<NodeId, NodeView> = {};
  for (const [id, node] of Object.entries(graph.nodes)) {
    const next = viewNode(id, node, faces[node.kind], layout[id], insights[id], {
      env,
      scope,
      wiredIn: wiredIn.get(id) ?? new Map(),
      wiredOut: wiredOut.get(id) ?? new Set(),
      problems: problems.get(id) ?? [],
    });
    views[id] = share(before[id], next);
  }
  const block = document.blocks[graphId];
  if (block) {
    for (const [id, view] of Object.entries(viewEnds(block, insights))) views[id] = share(before[id], view);
  }
  return share(before, views);
}

/** Insights by node id; inside a block, those of the instance through which one came. */
function insightsOf(result: CompileResult | null, graphId: GraphId, prefix: string): CompileResult['nodes'] {
  if (!result) return {};
  if (graphId === 'main') return result.nodes;
  const inside: CompileResult['nodes'] = {};
  for (const [path, insight] of Object.entries(result.nodes)) {
    if (prefix && path.startsWith(prefix)) inside[path.slice(prefix.length)] = insight;
  }
  return inside;
}

/** A bypassed node is no part of the program: what it gives is what comes in, from the next node before it that is. */
function passedOn(
  id: NodeId,
  graph: Graph,
  document: Document,
  faces: Readonly<Record<string, Face>>,
  insights: CompileResult['nodes'],
): NodeInsight {
  const own = wayThrough(graph.nodes[id], document, faces);
  let way = own;
  let at = id;
  let spec: Spec | null = null;
  // A chain has at most as many links as there are nodes; a circle of bypassed ones carries nothing.
  for (let step = 0; way && step < Object.keys(graph.nodes).length; step++) {
    const input = way.input;
    const wire = Object.values(graph.edges).find(({ to }) => to[0] === at && to[1] === input);
    if (!wire) break;
    at = wire.from[0];
    const before = graph.nodes[at];
    if (!before?.bypassed) {
      spec = insights[at]?.outputs.find((port) => port.id === wire.from[1])?.spec ?? null;
      break;
    }
    way = wayThrough(before, document, faces);
  }
  return {
    inputs: [],
    outputs: own ? [{ id: own.output, title: '', type: 'tensor', spec }] : [],
    parameters: 0,
    trainableParameters: 0,
    flops: 0,
    activationBytes: 0,
  };
}

function wayThrough(node: Node | undefined, document: Document, faces: Readonly<Record<string, Face>>) {
  const face = node && faces[node.kind];
  if (face?.role !== 'instance') return face?.passThrough;
  const block = document.blocks[String(node?.params.block)];
  const [input, output] = [block?.inputs[0]?.id, block?.outputs[0]?.id];
  return input !== undefined && output !== undefined ? { input, output } : undefined;
}

/** Problems by the node that they stand at; what is wrong inside a block stands at its instance too. */
function byNode(diagnostics: readonly Diagnostic[], graphId: GraphId, prefix: string): Map<NodeId, Diagnostic[]> {
  const problems = new Map<NodeId, Diagnostic[]>();
  const add = (node: NodeId, diagnostic: Diagnostic) => problems.set(node, [...(problems.get(node) ?? []), diagnostic]);
  for (const diagnostic of diagnostics) {
    const { node, path, graph = 'main' } = diagnostic.at;
    if (node && graph === graphId) add(node, diagnostic);
    else if (path?.startsWith(prefix)) {
      const instance = path
        .slice(prefix.length)
        .split('/')[0]
        ?.replace(/\[\d+\]$/, '');
      if (instance && path.length > prefix.length + instance.length) add(instance, inside(diagnostic));
    }
  }
  return problems;
}

const inside = (diagnostic: Diagnostic): Diagnostic => ({
  ...diagnostic,
  message: `Inside: ${diagnostic.message}`,
  at: {},
});
