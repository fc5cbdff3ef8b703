import dagre from '@dagrejs/dagre';
import type { NodeId } from '@/lib/graph/document';
import type { Drawing } from './lay-out';

/** Columns from left to right by what feeds what, in the nodes' own sizes: their upper left corners. */
export function layOutWithDagre({
  nodes,
  wires,
}: Pick<Drawing, 'nodes' | 'wires'>): Record<NodeId, { x: number; y: number }> {
  const graph = new dagre.graphlib.Graph()
    .setGraph({ rankdir: 'LR', nodesep: 40, ranksep: 64 })
    .setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  for (const { from, to } of wires) if (graph.hasNode(from[0]) && graph.hasNode(to[0])) graph.setEdge(from[0], to[0]);
  dagre.layout(graph);
  return Object.fromEntries(
    nodes.map(({ id, width, height }) => {
      const { x = 0, y = 0 } = graph.node(id);
      return [id, { x: x - width / 2, y: y - height / 2 }];
    }),
  );
}
