import { graphOf, type Node } from '@/lib/graph/document';
import { useDocument, useUi } from '../state/editor-context';

/** A node of the graph that is shown. */
export function useNode(id: string): Node | undefined {
  const graph = useUi((state) => state.graph);
  return useDocument((state) => graphOf(state.document, graph)?.nodes[id]);
}
