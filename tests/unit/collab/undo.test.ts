import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { emptyHistory, remember, stepBack, stepForward } from '@/lib/collab/undo';
import { applyToYjs, readDocument, writeDocument } from '@/lib/collab/yjs-document';
import { apply } from '@/lib/graph/apply';
import type { Command } from '@/lib/graph/command';
import { type Document, emptyDocument } from '@/lib/graph/document';

const add = (id: string): Command => ({
  do: 'add-node',
  graph: 'main',
  id,
  node: { kind: 'dense', version: 1, name: id, params: { units: 8 } },
});

function perform(document: Document, command: Command): { document: Document; inverse: Command } {
  const applied = apply(document, command);
  if ('diagnostic' in applied) throw new Error(applied.diagnostic.message);
  return applied;
}

describe('undo', () => {
  test('goes back and forth', () => {
    const first = perform(emptyDocument('x'), add('a'));
    const history = remember(emptyHistory, { title: 'Add', redo: add('a'), undo: first.inverse });
    const back = stepBack(history, first.document);
    if (!back) throw new Error('nothing to undo');
    const undone = perform(first.document, back.command).document;
    expect(undone.graph.nodes).toEqual({});
    const forward = stepForward(back.history, undone);
    if (!forward) throw new Error('nothing to redo');
    expect(perform(undone, forward.command).document).toEqual(first.document);
    expect(forward.history.done).toHaveLength(1);
  });

  test('what somebody else removed is skipped', () => {
    let document = perform(emptyDocument('x'), add('a')).document;
    const change = perform(document, { do: 'set-param', graph: 'main', id: 'a', param: 'units', value: 9 });
    const title = perform(change.document, { do: 'set-document', set: { title: 'y' } });
    let history = remember(emptyHistory, { title: 'Units', redo: add('a'), undo: change.inverse });
    history = remember(history, { title: 'Title', redo: add('a'), undo: title.inverse });
    document = perform(title.document, { do: 'remove-node', graph: 'main', id: 'a' }).document;
    const step = stepBack(history, document);
    expect(step?.title).toBe('Title');
    expect(step && stepBack(step.history, document)).toBeNull();
  });
});

describe('two people', () => {
  test('edits of different fields of one node merge', () => {
    const [one, two] = [new Y.Doc(), new Y.Doc()];
    writeDocument(one, perform(emptyDocument('x'), add('a')).document);
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    applyToYjs(one, { do: 'set-param', graph: 'main', id: 'a', param: 'units', value: 32 });
    applyToYjs(two, { do: 'set-node', graph: 'main', id: 'a', set: { name: 'hidden' } });
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
    expect(readDocument(one)).toEqual(readDocument(two));
    expect(readDocument(one).graph.nodes.a).toMatchObject({ name: 'hidden', params: { units: 32 } });
  });

  test('a wire to a node that another deleted meanwhile is left out', () => {
    const [one, two] = [new Y.Doc(), new Y.Doc()];
    const both = perform(perform(emptyDocument('x'), add('a')).document, add('b')).document;
    writeDocument(one, both);
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    applyToYjs(one, { do: 'remove-node', graph: 'main', id: 'b' });
    applyToYjs(two, { do: 'add-edge', graph: 'main', id: 'e', edge: { from: ['a', 'y'], to: ['b', 'x'] } });
    Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
    expect(readDocument(one).graph.edges).toEqual({});
  });
});
