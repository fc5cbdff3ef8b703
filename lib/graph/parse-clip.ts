import { z } from 'zod';
import type { Clip } from './copy';
import { blockSchema, graphSchema, layoutSchema } from './schema';

const clipSchema = z.object({
  netloom: z.literal('clip/1'),
  graph: graphSchema,
  blocks: z.record(z.string(), blockSchema),
  layout: z.record(z.string(), layoutSchema),
  blockLayout: z.record(z.string(), z.record(z.string(), layoutSchema)).optional(),
});

/** A clip from pasted text; null where the text is something else. */
export function parseClip(text: string): Clip | null {
  if (!text.includes('"netloom"') || text.length > 4_000_000) return null;
  try {
    const result = clipSchema.safeParse(JSON.parse(text));
    return result.success ? (result.data as Clip) : null;
  } catch {
    return null;
  }
}
