import { everyGraph } from '@/lib/graph/blocks/block-uses';
import type { Document, GraphId, NodeId } from '@/lib/graph/document';
import { faces } from '@/lib/nodes/faces.generated';

export interface Found {
  graph: GraphId;
  node: NodeId;
  title: string;
  name: string;
  /** Title of the block that it is in; empty in the main graph. */
  block: string;
}

/** Nodes by title, name or kind in the whole document; those of the graph that is open come first. */
export function findNodes(document: Document, open: GraphId, query: string): Found[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const found = everyGraph(document).flatMap(([graph, { nodes }]) =>
    Object.entries(nodes).flatMap(([id, node]): Found[] => {
      const block = document.blocks[String(node.params.block ?? '')];
      const title = block?.title ?? faces[node.kind]?.title ?? node.kind;
      const text = `${title} ${node.name} ${node.kind}`.toLowerCase();
      if (!words.every((word) => text.includes(word))) return [];
      return [{ graph, node: id, title, name: node.name, block: document.blocks[graph]?.title ?? '' }];
    }),
  );
  return found.sort((a, b) => Number(b.graph === open) - Number(a.graph === open));
}
