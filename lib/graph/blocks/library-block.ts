import { contentHash } from '@/lib/base/hash';
import { randomId } from '@/lib/base/ids';
import type { Command } from '../command';
import type { Block, BlockId, Document, LibraryOrigin, Node, NodeId, NodeLayout } from '../document';
import { holdsBlock, usesOf } from './block-uses';

/** A block outside of a document: itself, the blocks in it, and where their nodes stand. Ids are `b0`, `b1`, … */
export interface LibraryContent {
  root: BlockId;
  blocks: Record<BlockId, Block>;
  layout: Record<BlockId, Record<NodeId, NodeLayout>>;
}

/** Two blocks with the same meaning have the same hash; places do not count. */
export const hashContent = ({ root, blocks }: LibraryContent): string => contentHash({ root, blocks });

/** Takes a block with all that it holds out of a document; ids are given in the order in which they are met. */
export function packBlock(document: Document, block: BlockId): LibraryContent | null {
  if (!document.blocks[block]) return null;
  const ids = new Map<BlockId, BlockId>([[block, 'b0']]);
  const content: LibraryContent = { root: 'b0', blocks: {}, layout: {} };
  for (const [old, id] of ids) {
    const there = document.blocks[old];
    if (!there) continue;
    const renamed = renameBlocks(there, (held) => {
      if (!document.blocks[held]) return held;
      const known = ids.get(held) ?? `b${ids.size}`;
      ids.set(held, known);
      return known;
    });
    const { library: _, ...plain } = renamed;
    content.blocks[id] = plain;
    const layout = document.layout[old];
    if (layout) content.layout[id] = layout;
  }
  return content;
}

/** Commands that bring a block of the library into a document under new ids, and the id it has there. */
export function bringBlock(content: LibraryContent, library: LibraryOrigin): { id: BlockId; commands: Command[] } {
  const ids = new Map(Object.keys(content.blocks).map((id) => [id, randomId('b')]));
  const fresh = (id: BlockId) => ids.get(id) ?? id;
  // What a block holds stands before it.
  const commands = Object.entries(content.blocks)
    .reverse()
    .map(([id, block]): Command => {
      const renamed = renameBlocks(block, fresh);
      const layout = content.layout[id];
      return {
        do: 'add-block',
        id: fresh(id),
        block: id === content.root ? { ...renamed, library } : renamed,
        ...(layout ? { layout } : {}),
      };
    });
  return { id: fresh(content.root), commands };
}

/**
 * Puts the library's content in the place of a block: all its uses take the new one, and what only the old one held
 * goes. Wires to ports that the new one lacks stay, and are reported.
 */
export function replaceBlock(
  document: Document,
  block: BlockId,
  content: LibraryContent,
  library: LibraryOrigin,
): { id: BlockId; command: Command } {
  const { id, commands } = bringBlock(content, library);
  const uses = usesOf(document, block).map(
    ({ graph, node }): Command => ({ do: 'set-param', graph, id: node, param: 'block', value: id }),
  );
  const held = Object.keys(document.blocks).filter((other) => other !== block && holdsBlock(document, block, other));
  const orphans = held.filter((other) =>
    usesOf(document, other).every(({ graph }) => graph === block || held.includes(graph)),
  );
  const removed = [block, ...orphans].map((gone): Command => ({ do: 'remove-block', id: gone }));
  return { id, command: { do: 'batch', title: 'Update block', commands: [...commands, ...uses, ...removed] } };
}

/** The block with the ids of the blocks it uses changed. */
function renameBlocks(block: Block, rename: (id: BlockId) => BlockId): Block {
  const nodes: Record<NodeId, Node> = {};
  for (const [id, node] of Object.entries(block.graph.nodes)) {
    const held = node.params.block;
    nodes[id] = typeof held === 'string' ? { ...node, params: { ...node.params, block: rename(held) } } : node;
  }
  return { ...block, graph: { ...block.graph, nodes } };
}
