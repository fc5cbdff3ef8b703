import { type BlockId, type Document, type Graph, type GraphId, graphOf, type NodeId } from '../document';

/** A node that uses a block: an instance, or a caller such as `iterate`. Both name it in their param `block`. */
export interface BlockUse {
  graph: GraphId;
  node: NodeId;
}

/** Every use of a block, in all graphs of the document. */
export const usesOf = (document: Document, block: BlockId): BlockUse[] =>
  everyGraph(document).flatMap(([graph, { nodes }]) =>
    Object.entries(nodes)
      .filter(([, node]) => node.params.block === block)
      .map(([node]) => ({ graph, node })),
  );

/** Whether a graph holds a block, itself or through others: then the block must not use that graph. */
export function holdsBlock(document: Document, graph: GraphId, block: BlockId): boolean {
  const seen = new Set<GraphId>();
  const stack: GraphId[] = [graph];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (id === block) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const node of Object.values(graphOf(document, id)?.nodes ?? {})) {
      if (typeof node.params.block === 'string') stack.push(node.params.block);
    }
  }
  return false;
}

export const everyGraph = (document: Document): [GraphId, Graph][] => [
  ['main', document.graph],
  ...Object.entries(document.blocks).map(([id, block]): [GraphId, Graph] => [id, block.graph]),
];
