import { isRecord } from '@/lib/base/json';
import { type BlockId, type Document, type GraphId, graphOf, isExpr } from '@/lib/graph/document';
import type { Field } from '@/lib/nodes/field';
import type { Face } from '@/lib/nodes/kind';

export type ChoiceField = Extract<Field, { type: 'choice' }>;

/**
 * The choice field that follows a param of the document or of a block: of a node there, or of one within a block that is
 * given the param. Null where none does.
 */
export function followingField(
  document: Document,
  graph: GraphId,
  key: string,
  faces: Readonly<Record<string, Pick<Face, 'fields'>>>,
): ChoiceField | null {
  const seen = new Set<string>();
  const find = (graph: GraphId, key: string): ChoiceField | null => {
    if (seen.has(`${graph} ${key}`)) return null;
    seen.add(`${graph} ${key}`);
    for (const { kind, params } of Object.values(graphOf(document, graph)?.nodes ?? {})) {
      for (const [name, value] of Object.entries(params)) {
        const field = faces[kind]?.fields[name];
        if (field?.type === 'choice' && follows(value, key)) return field;
      }
      const given = isRecord(params.set) ? Object.entries(params.set) : [];
      for (const [name, value] of given) {
        const field = follows(value, key) ? find(params.block as BlockId, name) : null;
        if (field) return field;
      }
    }
    return null;
  };
  return find(graph, key);
}

const follows = (value: unknown, key: string): boolean => isExpr(value) && value['='].trim() === key;
