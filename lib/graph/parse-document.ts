import { isRecord } from '@/lib/base/json';
import type { Diagnostic } from './diagnostic';
import { DOCUMENT_SCHEMA, type Document } from './document';
import { documentSchema } from './schema';

/** What one document may hold; a bigger one is refused before anything walks through it. */
export const LIMITS = { nodes: 5_000, edges: 20_000, blocks: 500, depth: 64, characters: 16_000_000 } as const;

export interface Parsed {
  document?: Document;
  diagnostics: Diagnostic[];
}

/** Migrations of the document itself, from schema n to n + 1, by n. */
const MIGRATIONS: Record<number, (document: Record<string, unknown>) => Record<string, unknown>> = {};

/** A document from text. Errors: `document-invalid` (where, expected, received), `schema-newer`, `limit`. */
export function parseDocumentText(text: string): Parsed {
  if (text.length > LIMITS.characters) return limit('characters', text.length);
  try {
    return parseDocument(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return invalid('This is not JSON.', 'a Netloom document as JSON', error.message);
  }
}

/** A document from any value: limits, then migrations, then the grammar. Never throws. */
export function parseDocument(value: unknown): Parsed {
  if (!isRecord(value))
    return invalid('This is not a document.', 'an object with schema, title and graph', describe(value));
  if (depthExceeds(value, LIMITS.depth)) return limit('depth', LIMITS.depth + 1);
  if (typeof value.schema === 'number' && value.schema > DOCUMENT_SCHEMA) {
    return refuse({
      code: 'schema-newer',
      severity: 'error',
      message: 'This document was made by a newer Netloom. Update Netloom to open it; the document is unchanged.',
      at: {},
      expected: `schema ${DOCUMENT_SCHEMA} or older`,
      received: `schema ${value.schema}`,
    });
  }
  for (const [name, count] of Object.entries(countParts(value))) {
    if (count > LIMITS[name as keyof typeof LIMITS]) return limit(name as keyof typeof LIMITS, count);
  }
  let migrated: Record<string, unknown> = value;
  for (let from = Number(value.schema); MIGRATIONS[from]; from++) migrated = MIGRATIONS[from]?.(migrated) ?? migrated;
  const result = documentSchema.safeParse(migrated);
  if (result.success) return { document: result.data as Document, diagnostics: [] };
  const issue = result.error.issues[0];
  const path = issue?.path ?? [];
  return {
    diagnostics: [
      {
        code: 'document-invalid',
        severity: 'error',
        message: `The document does not parse at ${path.length ? path.join('.') : 'its top'}: ${issue?.message ?? 'unknown'}.`,
        at: placeOf(path),
        expected: issue && 'expected' in issue ? String(issue.expected) : 'a Netloom document',
        received: describe(at(migrated, path)),
      },
    ],
  };
}

function countParts(value: Record<string, unknown>): { nodes: number; edges: number; blocks: number } {
  const blocks = isRecord(value.blocks) ? Object.values(value.blocks) : [];
  const graphs = [value.graph, ...blocks.map((block) => (isRecord(block) ? block.graph : undefined))];
  const size = (part: 'nodes' | 'edges') =>
    graphs.reduce<number>((sum, graph) => {
      const parts = isRecord(graph) ? graph[part] : undefined;
      return sum + (isRecord(parts) ? Object.keys(parts).length : 0);
    }, 0);
  return { nodes: size('nodes'), edges: size('edges'), blocks: blocks.length };
}

/** Walks with its own stack, so that a deep bomb cannot overflow ours. */
function depthExceeds(root: unknown, most: number): boolean {
  const stack: [unknown, number][] = [[root, 1]];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const [value, depth] = item;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > most) return true;
    for (const member of Object.values(value)) stack.push([member, depth + 1]);
  }
  return false;
}

function placeOf(path: readonly PropertyKey[]): Diagnostic['at'] {
  const [first, second, third, fourth, fifth] = path.map(String);
  if (first === 'graph' && second === 'nodes' && third) return { node: third };
  if (first === 'graph' && second === 'edges' && third) return { edge: third };
  if (first === 'blocks' && second && fourth === 'nodes' && fifth) return { graph: second, node: fifth };
  return {};
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as never)[key] : undefined),
    value,
  );

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

const refuse = (diagnostic: Diagnostic): Parsed => ({ diagnostics: [diagnostic] });

const invalid = (message: string, expected: string, received: string): Parsed =>
  refuse({ code: 'document-invalid', severity: 'error', message, at: {}, expected, received });

const limit = (name: keyof typeof LIMITS, count: number): Parsed =>
  refuse({
    code: 'limit',
    severity: 'error',
    message: `The document has too much in it: ${count.toLocaleString('en')} ${name}, the limit is ${LIMITS[name].toLocaleString('en')}. Split it, or use blocks.`,
    at: {},
    expected: `at most ${LIMITS[name]} ${name}`,
    received: String(count),
  });
