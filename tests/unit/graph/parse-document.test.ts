import { describe, expect, test } from 'vitest';
import { emptyDocument } from '@/lib/graph/document';
import { LIMITS, parseDocument, parseDocumentText } from '@/lib/graph/parse-document';

const code = (value: unknown) => parseDocument(value).diagnostics.map((diagnostic) => diagnostic.code);

describe('parsing a document', () => {
  test('what is valid comes back unchanged, unknown kinds too', () => {
    const document = emptyDocument('x');
    document.graph.nodes.n1 = {
      kind: 'not-yet-invented',
      version: 9,
      name: 'a',
      params: { any: { thing: [1, null] } },
    };
    expect(parseDocument(JSON.parse(JSON.stringify(document)))).toEqual({ document, diagnostics: [] });
  });

  test('a wrong member is named with its place, what was expected and what came', () => {
    const document = {
      ...emptyDocument('x'),
      graph: { nodes: { n1: { kind: 7, version: 1, name: '', params: {} } }, edges: {} },
    };
    const [diagnostic] = parseDocument(document).diagnostics;
    expect(diagnostic).toMatchObject({
      code: 'document-invalid',
      at: { node: 'n1' },
      expected: 'string',
      received: '7',
    });
  });

  test('a newer schema, text that is not JSON, and other values are refused', () => {
    expect(code({ ...emptyDocument('x'), schema: 2 })).toEqual(['schema-newer']);
    expect(code(null)).toEqual(['document-invalid']);
    expect(parseDocumentText('{').diagnostics[0]?.code).toBe('document-invalid');
  });

  test('bombs are refused: too many nodes, nesting without end', () => {
    const nodes = Object.fromEntries(
      Array.from({ length: LIMITS.nodes + 1 }, (_, i) => [
        `n${i}`,
        { kind: 'dense', version: 1, name: '', params: {} },
      ]),
    );
    expect(code({ ...emptyDocument('x'), graph: { nodes, edges: {} } })).toEqual(['limit']);
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(code({ ...emptyDocument('x'), notes: deep })).toEqual(['limit']);
  });
});
