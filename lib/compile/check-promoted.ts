import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import { graphOf } from '@/lib/graph/document';
import { isLive, paramOfPort } from '@/lib/nodes/common/ports';
import type { Face } from '@/lib/nodes/kind';
import { type FlatNode, placeOf, titleOf } from './flat';
import { edgesAt, indexGraph } from './graph-index';

/** Only live numbers can be driven: whatever decides shapes or the program stays as it is while a run goes on. */
export function checkPromoted(node: FlatNode, face: Face, wired: string[], document: Document): Diagnostic[] {
  const promoted = node.node.promoted ?? [];
  const params = new Set([...promoted, ...wired.flatMap((port) => paramOfPort(port) ?? [])]);
  const diagnostics: Diagnostic[] = [];
  for (const param of params) {
    if (isLive(face, param)) continue;
    const title = face.fields[param.split('.')[0] ?? param]?.title ?? param;
    const graph = graphOf(document, node.graph);
    const edges = graph ? edgesAt(indexGraph(graph), node.id, `param:${param}`) : [];
    node.faulty = true;
    diagnostics.push({
      code: 'not-live',
      severity: 'error',
      message: `${title} of ${titleOf(node)} decides shapes or the program itself, so it cannot follow a schedule. Make it a fixed value; inside a block, expose it as a param of the block.`,
      at: placeOf(node, { param }),
      expected: 'a number that may change while training, such as a rate',
      received: param,
      fix: {
        title: `Keep ${title.toLowerCase()} fixed`,
        command: {
          do: 'batch',
          title: `Keep ${title.toLowerCase()} fixed`,
          commands: [
            ...edges.map(([id]) => ({ do: 'remove-edge' as const, graph: node.graph, id })),
            {
              do: 'set-node',
              graph: node.graph,
              id: node.id,
              set: { promoted: promoted.filter((other) => other !== param) },
            },
          ],
        },
      },
    });
  }
  return diagnostics;
}
