import type { Block, BlockId } from '@/lib/graph/document';

/** A title that no block has yet: `Residual`, then `Residual 2`. */
export function freeTitle(blocks: Readonly<Record<BlockId, Block>>, wish: string): string {
  const taken = new Set(Object.values(blocks).map((block) => block.title));
  if (!taken.has(wish)) return wish;
  const base = wish.replace(/ \d+$/, '');
  for (let number = 2; ; number++) if (!taken.has(`${base} ${number}`)) return `${base} ${number}`;
}
