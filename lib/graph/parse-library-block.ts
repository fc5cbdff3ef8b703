import { z } from 'zod';
import type { LibraryContent } from './blocks/library-block';
import { blockSchema, layoutSchema } from './schema';

/** The deepest chain and most blocks are bounded by the document's own limits; this bounds what one may publish. */
const MOST_BLOCKS = 200;

const schema = z
  .object({
    root: z.string(),
    blocks: z.record(z.string().regex(/^b\d+$/), blockSchema),
    layout: z.record(z.string(), z.record(z.string(), layoutSchema)),
  })
  .refine(({ root, blocks }) => Object.hasOwn(blocks, root), 'a block with the id in root is expected')
  .refine(({ blocks }) => Object.keys(blocks).length <= MOST_BLOCKS, `at most ${MOST_BLOCKS} blocks are expected`);

/** A block as it is published, checked; null where it is something else. */
export function parseLibraryBlock(value: unknown): LibraryContent | null {
  const result = schema.safeParse(value);
  return result.success ? (result.data as LibraryContent) : null;
}
