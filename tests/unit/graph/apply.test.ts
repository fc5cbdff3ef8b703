import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyToYjs, readDocument, writeDocument } from '@/lib/collab/yjs-document';
import { apply } from '@/lib/graph/apply';
import type { Command } from '@/lib/graph/command';
import type { Document } from '@/lib/graph/document';
import { parseDocument } from '@/lib/graph/parse-document';
import { anyCommand, startDocument } from '@/tests/helpers/commands';

/** Layout maps of blocks come and go with their first entry; an empty one says nothing. */
const withoutEmptyLayouts = (document: Document): Document => ({
  ...document,
  layout: Object.fromEntries(
    Object.entries(document.layout).filter(([id, places]) => id === 'main' || Object.keys(places).length > 0),
  ),
});

describe('commands', () => {
  test('any sequence keeps the document valid, and its inverses lead back', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
        const start = startDocument();
        let document = start;
        const undo: Command[] = [];
        for (const command of commands) {
          const applied = apply(document, command);
          if ('diagnostic' in applied) continue;
          document = applied.document;
          undo.unshift(applied.inverse);
        }
        expect(parseDocument(document).diagnostics).toEqual([]);
        for (const command of undo) {
          const applied = apply(document, command);
          expect(applied).not.toHaveProperty('diagnostic');
          if ('document' in applied) document = applied.document;
        }
        expect(withoutEmptyLayouts(document)).toEqual(start);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test('the Yjs document agrees with the plain reducer', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
        const doc = new Y.Doc();
        let document = startDocument();
        writeDocument(doc, document);
        for (const command of commands) {
          const applied = apply(document, command);
          if ('diagnostic' in applied) continue;
          document = applied.document;
          applyToYjs(doc, command);
        }
        expect(withoutEmptyLayouts(readDocument(doc))).toEqual(withoutEmptyLayouts(document));
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  test('a batch is all or nothing', () => {
    const applied = apply(startDocument(), {
      do: 'batch',
      title: 'two',
      commands: [
        { do: 'add-node', graph: 'main', id: 'n1', node: { kind: 'dense', version: 1, name: 'a', params: {} } },
        { do: 'remove-node', graph: 'main', id: 'missing' },
      ],
    });
    expect(applied).toHaveProperty('diagnostic.message', expect.stringContaining('missing is not there'));
  });
});
