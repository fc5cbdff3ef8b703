import type { Edge, EdgeId, Graph, NodeId, PortId } from '@/lib/graph/document';
import { inOrder } from '@/lib/graph/order';

/** Edges of a graph by the input that they end at, each list in edge order; node ids in plain order. */
export interface GraphIndex {
  ids: NodeId[];
  into: Map<NodeId | '$out', Map<PortId, [EdgeId, Edge][]>>;
}

/** The index of a graph. */
export function indexGraph(graph: Graph): GraphIndex {
  const into: GraphIndex['into'] = new Map();
  for (const [id, edge] of Object.entries(graph.edges)) {
    const [node, port] = edge.to;
    let ports = into.get(node);
    if (!ports) {
      ports = new Map();
      into.set(node, ports);
    }
    const edges = ports.get(port);
    if (edges) edges.push([id, edge]);
    else ports.set(port, [[id, edge]]);
  }
  for (const ports of into.values())
    for (const [port, edges] of ports) if (edges.length > 1) ports.set(port, inOrder(edges));
  return { ids: Object.keys(graph.nodes).sort(), into };
}

export const edgesAt = (index: GraphIndex, node: NodeId | '$out', port: PortId): [EdgeId, Edge][] =>
  index.into.get(node)?.get(port) ?? [];
