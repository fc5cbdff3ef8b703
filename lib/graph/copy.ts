import { randomId } from '@/lib/base/ids';
import { isRecord, type Json } from '@/lib/base/json';
import type { Command } from './command';
import {
  type Block,
  type BlockId,
  type Document,
  type Graph,
  type GraphId,
  graphOf,
  type NodeId,
  type NodeLayout,
  shiftEdge,
} from './document';

/** What the clipboard holds: readable JSON, so that it also travels through a chat. */
export interface Clip {
  netloom: 'clip/1';
  graph: Graph;
  blocks: Record<string, Block>;
  layout: Record<NodeId, NodeLayout>;
  /** Places inside the blocks. */
  blockLayout?: Record<BlockId, Record<NodeId, NodeLayout>>;
  /** Frames and notes that were selected, too. */
  frames?: Furniture[];
  notes?: Furniture[];
}

/** A frame or a note as the document keeps it: with a place; the rest is the editor's. */
export type Furniture = { x: number; y: number } & Record<string, Json>;

/** Selected nodes, frames and notes, with the wires between them (and into them, for "paste with incoming wires") and the blocks they use. */
export function copyNodes(document: Document, graphId: GraphId, ids: readonly NodeId[]): Clip {
  const graph = graphOf(document, graphId) ?? { nodes: {}, edges: {} };
  const chosen = new Set(ids);
  const pick = <T>(record: Record<string, T>, keep: (value: T, key: string) => boolean): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([key, value]) => keep(value, key)));
  const nodes = pick(graph.nodes, (_, id) => chosen.has(id));
  const blocks = usedBlocks(document, Object.values(nodes));
  return {
    netloom: 'clip/1',
    graph: { nodes, edges: pick(graph.edges, (edge) => chosen.has(edge.to[0])) },
    blocks,
    layout: pick(document.layout[graphId] ?? {}, (_, id) => chosen.has(id)),
    blockLayout: pick(document.layout, (_, id) => id in blocks),
    frames: furnitureOf(document.frames, graphId, 'frame', chosen),
    notes: furnitureOf(document.notes, graphId, 'note', chosen),
  };
}

/** Entries without an id of their own are called by their place in the list, as the editor does. */
function furnitureOf(list: Json, graph: GraphId, what: string, chosen: ReadonlySet<string>): Furniture[] {
  return (Array.isArray(list) ? list : []).flatMap((item, index) => {
    if (!isRecord(item) || typeof item.x !== 'number' || typeof item.y !== 'number') return [];
    const id = typeof item.id === 'string' ? item.id : `${what}${index}`;
    return (item.graph ?? 'main') === graph && chosen.has(id) ? [item as Furniture] : [];
  });
}

export interface PasteOptions {
  graph: GraphId;
  /** Added to every position. */
  offset: { x: number; y: number };
  /** Keep wires that come from nodes which were not copied, where those still exist. */
  incoming?: boolean;
}

/** The command that pastes under new ids, and those ids, frames and notes after the nodes. Blocks that the document lacks come along. */
export function pasteClip(document: Document, clip: Clip, options: PasteOptions): { command: Command; ids: NodeId[] } {
  const fresh = new Map(Object.keys(clip.graph.nodes).map((id) => [id, randomId('n')]));
  const commands: Command[] = [];
  for (const [id, block] of Object.entries(clip.blocks)) {
    const layout = clip.blockLayout?.[id];
    if (!document.blocks[id]) commands.push({ do: 'add-block', id, block, ...(layout ? { layout } : {}) });
  }
  for (const [id, node] of Object.entries(clip.graph.nodes)) {
    const place = clip.layout[id] ?? { x: 0, y: 0 };
    commands.push({
      do: 'add-node',
      graph: options.graph,
      id: fresh.get(id) ?? id,
      node,
      layout: { ...place, x: place.x + options.offset.x, y: place.y + options.offset.y },
    });
  }
  const there = graphOf(document, options.graph)?.nodes ?? {};
  for (const edge of Object.values(clip.graph.edges)) {
    const from = fresh.get(edge.from[0]) ?? (options.incoming && there[edge.from[0]] ? edge.from[0] : undefined);
    const to = fresh.get(edge.to[0]);
    if (!from || !to) continue;
    commands.push({
      do: 'add-edge',
      graph: options.graph,
      id: randomId('e'),
      edge: shiftEdge(
        { ...edge, from: [from, edge.from[1]], to: [to, edge.to[1]] },
        options.offset.x,
        options.offset.y,
      ),
    });
  }
  const pasted = (list: readonly Furniture[] = []) =>
    list.map((item) => ({
      ...item,
      id: randomId('f'),
      graph: options.graph,
      x: item.x + options.offset.x,
      y: item.y + options.offset.y,
    }));
  const [frames, notes] = [pasted(clip.frames), pasted(clip.notes)];
  const joined = (list: Json, more: readonly Json[]): Json => [...(Array.isArray(list) ? list : []), ...more];
  if (frames.length || notes.length) {
    commands.push({
      do: 'set-document',
      set: { frames: joined(document.frames, frames), notes: joined(document.notes, notes) },
    });
  }
  const ids = [...fresh.values(), ...[...frames, ...notes].map(({ id }) => id)];
  return { command: { do: 'batch', title: 'Paste', commands }, ids };
}

function usedBlocks(document: Document, nodes: readonly Graph['nodes'][string][]): Record<string, Block> {
  const used: Record<string, Block> = {};
  const visit = (params: Record<string, unknown>) => {
    const id = params.block;
    if (typeof id !== 'string' || used[id]) return;
    const block = document.blocks[id];
    if (!block) return;
    used[id] = block;
    for (const node of Object.values(block.graph.nodes)) visit(node.params);
  };
  for (const node of nodes) visit(node.params);
  return used;
}
