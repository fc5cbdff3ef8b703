import { randomId } from '@/lib/base/ids';
import type { Command } from '../command';
import { type BlockId, type Document, type GraphId, graphOf, type NodeId } from '../document';

/** A copy of a block under a new id, with its layout, frames and notes. */
export function copyBlock(
  document: Document,
  block: BlockId,
  title: string,
): { command: Command; block: BlockId } | null {
  const original = document.blocks[block];
  if (!original) return null;
  const id = randomId('b');
  const layout = document.layout[block];
  return { block: id, command: { do: 'add-block', id, block: { ...original, title }, ...(layout ? { layout } : {}) } };
}

/** Gives nodes a block of their own: edits of the others do not reach them any more. Null where they use no block. */
export function detachBlock(
  document: Document,
  graph: GraphId,
  nodes: readonly NodeId[],
  title: string,
): { command: Command; block: BlockId } | null {
  const there = graphOf(document, graph)?.nodes ?? {};
  const block = nodes.map((id) => there[id]?.params.block).find((id) => typeof id === 'string');
  const copied = typeof block === 'string' ? copyBlock(document, block, title) : null;
  if (!copied) return null;
  const switched = nodes
    .filter((id) => there[id]?.params.block === block)
    .map((id): Command => ({ do: 'set-param', graph, id, param: 'block', value: copied.block }));
  return {
    block: copied.block,
    command: { do: 'batch', title: 'Detach block', commands: [copied.command, ...switched] },
  };
}
