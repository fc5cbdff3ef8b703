import type { Document } from '@/lib/graph/document';

/** How long a run is, where it is not said by the document. */
export type Length = { epochs: number } | { iterations: number };

/** The document with another length in its Training node. */
export function setLength(document: Document, length: Length): Document {
  const nodes = Object.fromEntries(
    Object.entries(document.graph.nodes).map(([id, node]) => {
      if (node.kind !== 'training') return [id, node];
      const lengthBy = 'epochs' in length ? 'epochs' : 'iterations';
      return [id, { ...node, params: { ...node.params, lengthBy, ...length } }];
    }),
  );
  return { ...document, graph: { ...document.graph, nodes } };
}
