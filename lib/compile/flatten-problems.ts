import type { Diagnostic, Place } from '@/lib/graph/diagnostic';
import { type BlockId, type Document, type GraphId, graphOf, type Node, type NodeId } from '@/lib/graph/document';

/** Edges whose node is gone, as when somebody removes a node while another wires it. */
export function lostEdges(document: Document, graphId: GraphId): Diagnostic[] {
  const graph = graphOf(document, graphId);
  if (!graph) return [];
  const holds = (id: NodeId, side: '$in' | '$out') => id === side || Object.hasOwn(graph.nodes, id);
  return Object.entries(graph.edges)
    .filter(([, edge]) => !holds(edge.from[0], '$in') || !holds(edge.to[0], '$out'))
    .map(([id]) => ({
      code: 'document-invalid',
      severity: 'warning',
      message: 'A wire leads to a node that is not there any more. Remove it.',
      at: { ...(graphId === 'main' ? {} : { graph: graphId }), edge: id },
      fix: { title: 'Remove the wire', command: { do: 'remove-edge', graph: graphId, id } },
    }));
}

/** A block that was opened inside itself. `open`: the blocks around, outermost first. */
export function recursion(document: Document, open: readonly BlockId[], block: BlockId, at: Place): Diagnostic {
  const title = (id: BlockId) => document.blocks[id]?.title || id;
  const through = open.slice(open.indexOf(block)).map(title);
  const cause =
    through.length === 1
      ? `The block ${title(block)} contains itself.`
      : `The block ${title(block)} contains itself through ${through.slice(1).join(', ')}.`;
  return {
    code: 'block-recursion',
    severity: 'error',
    message: `${cause} Remove this instance, or use copies to chain it.`,
    at,
    expected: 'blocks that do not contain themselves',
    received: [...through, title(block)].join(' → '),
    ...(at.node === undefined
      ? {}
      : {
          fix: {
            title: 'Remove this instance',
            command: { do: 'remove-node', graph: at.graph ?? 'main', id: at.node },
          },
        }),
  };
}

export const overLimit = (what: string, most: number): Diagnostic => ({
  code: 'limit',
  severity: 'error',
  message: `A document may have at most ${most.toLocaleString('en-US')} ${what}; this one has more. Use fewer copies or smaller blocks.`,
  at: {},
  expected: `at most ${most}`,
  received: `more than ${most}`,
});

/** A node that uses a block which is not there. */
export const unknownBlock = (document: Document, node: Node, named: unknown, at: Place): Diagnostic => ({
  code: 'unknown-kind',
  severity: 'error',
  message: `${node.name || 'This instance'} uses a block that is not in this document. Choose a block, or mute it.`,
  at: { ...at, param: 'block' },
  expected: Object.keys(document.blocks).join(', ') || 'a block',
  received: String(named || 'none'),
  ...(at.node === undefined
    ? {}
    : {
        fix: {
          title: 'Mute it',
          command: { do: 'set-node', graph: at.graph ?? 'main', id: at.node, set: { muted: true } },
        },
      }),
});
