import { z } from 'zod';
import type { Clip } from './copy';
import { blockSchema, graphSchema, json, layoutSchema } from './schema';

const furniture = z.object({ x: z.number(), y: z.number() }).catchall(json);

const clipSchema = z.object({
  netloom: z.literal('clip/1'),
  graph: graphSchema,
  blocks: z.record(z.string(), blockSchema),
  layout: z.record(z.string(), layoutSchema),
  blockLayout: z.record(z.string(), z.record(z.string(), layoutSchema)).optional(),
  frames: z.array(furniture).max(1_000).optional(),
  notes: z.array(furniture).max(1_000).optional(),
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
