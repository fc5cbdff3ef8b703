import type { CompileResult } from '@/lib/compile/result';
import { usesOf } from '@/lib/graph/blocks/block-uses';
import type { BlockId, Document, GraphId, NodeId } from '@/lib/graph/document';

/** One block on the way in: the graph that was left, and the node whose block was entered. */
export interface Step {
  graph: GraphId;
  node: NodeId;
}

/** A way from the main graph into a block, by its first use; empty where nothing uses it. */
export function wayInto(document: Document, block: BlockId): Step[] {
  const seen = new Set<BlockId>();
  const search = (id: BlockId): Step[] | null => {
    if (seen.has(id)) return null;
    seen.add(id);
    for (const use of usesOf(document, id)) {
      if (use.graph === 'main') return [use];
      const before = search(use.graph);
      if (before) return [...before, use];
    }
    return null;
  };
  return search(block) ?? [];
}

/** Path of the nodes along a way, as the compiler gives it: `n7/n2`; of a chain, the first copy. */
export function pathAlong(way: readonly Step[], result: CompileResult | null): { node: string; prefix: string } {
  const paths = Object.keys(result?.nodes ?? {});
  let prefix = '';
  let node = '';
  for (const step of way) {
    node = `${prefix}${step.node}`;
    const first = `${node}[0]/`;
    prefix = paths.some((path) => path.startsWith(first)) ? first : `${node}/`;
  }
  return { node, prefix };
}
