import type { CompileResult } from '@/lib/compile/result';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type Document, type GraphId, graphOf, type NodeId, type PortId } from '@/lib/graph/document';
import { inOrder } from '@/lib/graph/order';
import type { Face, FaceEnv } from '@/lib/nodes/kind';
import { viewEnds } from './ends-view';
import { type NodeView, viewNode, type WireEnd } from './node-view';
import { pathAlong, type Step } from './path-in';
import { scopeOf } from './ports-of';
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
    const title = source ? (faces[source.kind]?.title ?? source.kind) : 'input';
    const ports = wiredIn.get(edge.to[0]) ?? new Map<PortId, WireEnd[]>();
    wiredIn.set(edge.to[0], ports);
    ports.set(edge.to[1], [...(ports.get(edge.to[1]) ?? []), { edge: id, title }]);
    wiredOut.set(edge.from[0], (wiredOut.get(edge.from[0]) ?? new Set()).add(edge.from[1]));
  }
  const path = pathAlong(way, result);
  const problems = byNode(result?.diagnostics ?? [], graphId, graphId === 'main' ? '' : path.prefix);
  const insights = insightsOf(result, graphId, path.prefix);
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
