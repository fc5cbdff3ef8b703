import { z } from 'zod';
import type { Json } from '@/lib/base/json';
import { PORT_TYPES } from './port-type';

/** The document's grammar, for every boundary that takes one. Sizes are bounded by `LIMITS` before this runs. */

export const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]),
);
const expr = z.strictObject({ '=': z.string().max(500) });
const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w-]+$/, 'an id has only letters, digits, _ and -');
const portId = z.string().min(1).max(128);
const numberOrExpr = z.union([z.number(), expr]);

const node = z.object({
  kind: z.string().min(1).max(64),
  version: z.number().int().min(1),
  name: z.string().max(200),
  params: z.record(z.string().max(64), json),
  promoted: z.array(z.string().max(64)).optional(),
  muted: z.literal(true).optional(),
  bypassed: z.literal(true).optional(),
  frozen: z.literal(true).optional(),
  start: z
    .union([z.strictObject({ key: z.string() }), z.strictObject({ asset: z.string(), scope: z.string().optional() })])
    .optional(),
});

const edge = z.object({
  from: z.tuple([z.string().max(64), portId]),
  to: z.tuple([z.string().max(64), portId]),
  order: z.string().max(300).optional(),
  via: z
    .array(z.tuple([z.number(), z.number()]))
    .max(64)
    .optional(),
});

export const graphSchema = z.object({ nodes: z.record(id, node), edges: z.record(id, edge) });

const param = z.object({
  title: z.string(),
  default: json,
  min: z.number().optional(),
  max: z.number().optional(),
  choices: z.array(json).optional(),
});

const blockPort = z.object({
  id: portId,
  name: z.string(),
  type: z.enum(PORT_TYPES as ['tensor', ...(typeof PORT_TYPES)[number][]]),
  optional: z.literal(true).optional(),
});

export const blockSchema = z.object({
  title: z.string(),
  graph: graphSchema,
  inputs: z.array(blockPort),
  outputs: z.array(blockPort),
  params: z.record(z.string(), param),
  library: z.object({ id: z.string(), hash: z.string() }).optional(),
});

export const layoutSchema = z.object({
  x: z.number(),
  y: z.number(),
  w: z.number().optional(),
  h: z.number().optional(),
  collapsed: z.literal(true).optional(),
  color: z.string().max(32).optional(),
});

const measure = {
  metric: z.string(),
  variant: z.string().optional(),
  over: z.enum(['last', 'best', 'first', 'first-quarter', 'last-quarter']).optional(),
};

export const documentSchema = z.object({
  schema: z.literal(1),
  title: z.string().max(300),
  graph: graphSchema,
  blocks: z.record(id, blockSchema).default({}),
  params: z.record(z.string(), param).default({}),
  presets: z.record(z.string(), z.record(z.string(), json)).default({}),
  variants: z.array(z.object({ id: z.string(), title: z.string(), set: z.record(z.string(), json) })).default([]),
  expected: z
    .array(
      z.object({
        ...measure,
        op: z.enum(['<', '<=', '>', '>=']),
        value: z.number().optional(),
        than: z.object(measure).optional(),
        times: z.number().optional(),
        plus: z.number().optional(),
        preset: z.string().optional(),
      }),
    )
    .default([]),
  notes: json.default([]),
  frames: json.default([]),
  settings: z
    .object({ batch: numberOrExpr, lengths: z.record(z.string(), numberOrExpr).default({}) })
    .default({ batch: 64, lengths: {} }),
  layout: z.record(z.string(), z.record(z.string(), layoutSchema)).default({ main: {} }),
});
