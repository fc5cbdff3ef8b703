import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { emptyHistory, remember, stepBack, stepForward } from '@/lib/collab/undo';
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

/** What a sequence is made of; a command that is added to the union is missing here until the sequences have it. */
const EVERY = Object.keys({
  'add-block': 0,
  'add-edge': 0,
  'add-node': 0,
  batch: 0,
  redo: 0,
  'remove-block': 0,
  'remove-edge': 0,
  'remove-node': 0,
  'set-block': 0,
  'set-document': 0,
  'set-edge': 0,
  'set-layout': 0,
  'set-node': 0,
  'set-param': 0,
  undo: 0,
} satisfies Record<Command['do'] | 'undo' | 'redo', 0>);

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

  test('the Yjs document agrees with the plain reducer, through a person’s undo and redo as well', () => {
    const step = fc.oneof({ weight: 4, arbitrary: anyCommand }, fc.constantFrom('undo' as const, 'redo' as const));
    const taken = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const doc = new Y.Doc();
        let document = startDocument();
        let history = emptyHistory;
        writeDocument(doc, document);
        const perform = (command: Command): Command | null => {
          const applied = apply(document, command);
          if ('diagnostic' in applied) return null;
          document = applied.document;
          applyToYjs(doc, command);
          return applied.inverse;
        };
        for (const step of steps) {
          if (typeof step === 'object') {
            const undo = perform(step);
            if (undo) history = remember(history, { title: step.do, redo: step, undo });
            if (undo) taken.add(step.do);
            continue;
          }
          const walked = (step === 'undo' ? stepBack : stepForward)(history, document);
          if (!walked) continue;
          expect(perform(walked.command)).not.toBeNull();
          history = walked.history;
          taken.add(step);
        }
        expect(parseDocument(document).diagnostics).toEqual([]);
        expect(withoutEmptyLayouts(readDocument(doc))).toEqual(withoutEmptyLayouts(document));
      }),
      { seed: 12, numRuns: 300 },
    );
    expect([...taken].sort()).toEqual(EVERY);
  });

  test('a batch is all or nothing', () => {
    const applied = apply(startDocument(), {
      do: 'batch',
      title: 'two',
      commands: [
        { do: 'add-node', graph: 'main', id: 'n9', node: { kind: 'dense', version: 1, name: 'a', params: {} } },
        { do: 'remove-node', graph: 'main', id: 'missing' },
      ],
    });
    expect(applied).toHaveProperty('diagnostic.message', expect.stringContaining('missing is not there'));
  });
});
