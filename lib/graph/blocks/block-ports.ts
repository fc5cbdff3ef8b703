import type { Command } from '../command';
import { type BlockId, type BlockPort, type Document, type Edge, graphOf, type PortId } from '../document';
import { usesOf } from './block-uses';

export type PortSide = 'inputs' | 'outputs';

/** The end inside the block that stands for its ports of a side. */
export const endOf = (side: PortSide): '$in' | '$out' => (side === 'inputs' ? '$in' : '$out');

/** An id for a new port that says what it is, such as `labels`; `weights` is kept for the weights of the whole block. */
export function freePortId(taken: readonly BlockPort[], wish: string): PortId {
  const base =
    wish
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'port';
  const free = (id: string) => id !== 'weights' && !taken.some((port) => port.id === id);
  if (free(base)) return base;
  for (let number = 2; ; number++) if (free(`${base}${number}`)) return `${base}${number}`;
}

const setPorts = (block: BlockId, side: PortSide, ports: BlockPort[]): Command => ({
  do: 'set-block',
  id: block,
  set: side === 'inputs' ? { inputs: ports } : { outputs: ports },
});

/** A new port, last of its side. */
export const addPort = (document: Document, block: BlockId, side: PortSide, port: BlockPort): Command =>
  setPorts(block, side, [...(document.blocks[block]?.[side] ?? []), port]);

/** Another name, or optional or not; the id stays, and with it all wires. */
export const changePort = (
  document: Document,
  block: BlockId,
  side: PortSide,
  id: PortId,
  change: { name?: string; optional?: boolean },
): Command =>
  setPorts(
    block,
    side,
    (document.blocks[block]?.[side] ?? []).map((port) => {
      if (port.id !== id) return port;
      const { optional: was, ...rest } = port;
      const optional = change.optional ?? was === true;
      return { ...rest, name: change.name ?? port.name, ...(optional ? { optional: true as const } : {}) };
    }),
  );

/** Moves a port up or down among its side. The first input and output are those that copies chain. */
export function movePort(document: Document, block: BlockId, side: PortSide, id: PortId, to: number): Command {
  const ports = [...(document.blocks[block]?.[side] ?? [])];
  const from = ports.findIndex((port) => port.id === id);
  const [port] = from < 0 ? [] : ports.splice(from, 1);
  if (port) ports.splice(Math.max(0, Math.min(ports.length, to)), 0, port);
  return setPorts(block, side, ports);
}

/** Takes a port away, with the wires to it inside the block and at all its uses. */
export function removePort(document: Document, block: BlockId, side: PortSide, id: PortId): Command {
  const commands: Command[] = [];
  const cut = (graph: string, meets: (edge: Edge) => boolean) => {
    for (const [edgeId, edge] of Object.entries(graphOf(document, graph)?.edges ?? {})) {
      if (meets(edge)) commands.push({ do: 'remove-edge', graph, id: edgeId });
    }
  };
  const meets = (node: string, inner: boolean) => (edge: Edge) => {
    const end = (side === 'inputs') === inner ? edge.from : edge.to;
    return end[0] === node && end[1] === id;
  };
  cut(block, meets(endOf(side), true));
  for (const use of usesOf(document, block)) cut(use.graph, meets(use.node, false));
  commands.push(
    setPorts(
      block,
      side,
      (document.blocks[block]?.[side] ?? []).filter((port) => port.id !== id),
    ),
  );
  return { do: 'batch', title: 'Remove port', commands };
}
