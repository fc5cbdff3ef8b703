import type { PortsOf } from '@/lib/graph/blocks/port-shape';
import { type Document, graphOf } from '@/lib/graph/document';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { portsOf } from '@/lib/nodes/common/ports';
import { faces } from '@/lib/nodes/faces.generated';
import { cards } from './cards';

/** Ports by the installed kinds. */
export const installedPorts =
  (document: Document): PortsOf =>
  (graph, id) => {
    const node = graphOf(document, graph)?.nodes[id];
    const face = node && faces[node.kind];
    if (!node || !face) return { inputs: [], outputs: [] };
    const env = {
      dataset: (dataset: string) => cards[dataset],
      block: (block: string) => document.blocks[block],
    };
    return portsOf(face, parseParams(face, node.params as never).params, env, node.promoted);
  };
