import type { Graph, NodeId } from '@/lib/graph/document';

/** Nodes and all that feeds them, or all that they feed, over any wire but shared weights. */
export function reachedFrom(graph: Graph, nodes: readonly NodeId[], way: 'upstream' | 'downstream'): NodeId[] {
  const [near, far] = way === 'upstream' ? (['to', 'from'] as const) : (['from', 'to'] as const);
  const next = new Map<NodeId, NodeId[]>();
  for (const edge of Object.values(graph.edges)) {
    if (edge.from[1] === 'weights') continue;
    const from = edge[near][0];
    next.set(from, [...(next.get(from) ?? []), edge[far][0]]);
  }
  const found = new Set(nodes);
  const stack = [...nodes];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (const other of next.get(node) ?? []) {
      if (found.has(other) || !graph.nodes[other]) continue;
      found.add(other);
      stack.push(other);
    }
  }
  return [...found];
}
