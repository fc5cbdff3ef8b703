import { contentHash } from '@/lib/base/hash';
import { type Document, type GraphId, graphOf } from '@/lib/graph/document';

/** An id that is the same whenever the same thing is proposed, and that nothing in the graph has. */
export function freshId(document: Document, graph: GraphId, prefix: 'n' | 'e', ...what: unknown[]): string {
  const taken = graphOf(document, graph);
  for (let round = 0; ; round++) {
    const id = prefix + contentHash([graph, what, round]).slice(0, 8);
    if (!taken || (!Object.hasOwn(taken.nodes, id) && !Object.hasOwn(taken.edges, id))) return id;
  }
}
