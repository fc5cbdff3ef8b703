import type { CompileResult } from '@/lib/compile/result';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type Document, type GraphId, graphOf, type NodeId, type PortId } from '@/lib/graph/document';
import { inOrder } from '@/lib/graph/order';
import type { Face, FaceEnv } from '@/lib/nodes/kind';
import { type NodeView, viewNode, type WireEnd } from './node-view';
import { documentScope } from './ports-of';
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
): GraphView {
  const graph = graphOf(document, graphId);
  if (!graph) return {};
  const scope = graphId === 'main' ? documentScope(document) : blockScope(document, graphId);
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
  const problems = byNode(result?.diagnostics ?? [], graphId);
  const insights = insightsOf(result, graphId);
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
  return share(before, views);
}

/** Insights by node id. Inside a block: those of its first instance, since all instances agree on most of them. */
function insightsOf(result: CompileResult | null, graphId: GraphId): CompileResult['nodes'] {
  if (!result) return {};
  if (graphId === 'main') return result.nodes;
  const inside: CompileResult['nodes'] = {};
  for (const [path, insight] of Object.entries(result.nodes)) {
    const id = path.slice(path.lastIndexOf('/') + 1);
    if (path.includes('/')) inside[id] ??= insight;
  }
  return inside;
}

const blockScope = (document: Document, id: string) =>
  Object.fromEntries(Object.entries(document.blocks[id]?.params ?? {}).map(([key, param]) => [key, param.default]));

function byNode(diagnostics: readonly Diagnostic[], graphId: GraphId): Map<NodeId, Diagnostic[]> {
  const problems = new Map<NodeId, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const { node, graph = 'main' } = diagnostic.at;
    if (node && graph === graphId) problems.set(node, [...(problems.get(node) ?? []), diagnostic]);
  }
  return problems;
}
