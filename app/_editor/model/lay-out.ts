import type { NodeId } from '@/lib/graph/document';
import { layOutWithDagre } from './lay-out-dagre';
import type { Rect } from './rect';

/** What is laid out: boxes with their ports, wires between ports, and frames around some of the boxes. */
export interface Drawing {
  nodes: {
    id: NodeId;
    width: number;
    height: number;
    ports: { handle: string; side: 'in' | 'out'; y: number }[];
    /** Uses a block. */
    block: boolean;
  }[];
  wires: { from: [node: NodeId, handle: string]; to: [node: NodeId, handle: string] }[];
  /** `within`: the frame that this one stands on. */
  frames: { id: string; nodes: NodeId[]; within: string | null }[];
}

export interface Places {
  nodes: Record<NodeId, { x: number; y: number }>;
  frames: Record<string, Rect>;
}

/** From here on it matters which port of a node a wire takes. */
const MANY_PORTS = 5;

/**
 * Places for all boxes, from left to right by what feeds what. Plain layers are dagre's; frames, blocks and nodes with
 * many ports are ELK's, which keeps what stands on a frame together and crosses as few wires at the ports as it can.
 */
export async function layOut(drawing: Drawing): Promise<Places> {
  if (!needsElk(drawing)) return { nodes: layOutWithDagre(drawing), frames: {} };
  // 1.6 MB, which most graphs do without.
  const { layOutWithElk } = await import('./lay-out-elk');
  return layOutWithElk(drawing);
}

export const needsElk = ({ nodes, frames }: Drawing): boolean =>
  frames.length > 0 || nodes.some(({ block, ports }) => block || ports.length >= MANY_PORTS);
