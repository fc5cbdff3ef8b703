import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createDocumentStore, localDoc } from '@/app/_editor/state/document-store';
import { readDocument } from '@/lib/collab/yjs-document';
import { copyNodes } from '@/lib/graph/copy';
import { emptyDocument, type Node } from '@/lib/graph/document';

const node = (name: string): Node => ({ kind: 'dense', version: 1, name, params: { units: 8 } });
const add = (id: string) => ({ do: 'add-node', graph: 'main', id, node: node(id), layout: { x: 0, y: 0 } }) as const;

/** Two pages on one document: what one does reaches the other. */
function twoPages() {
  const a = localDoc(emptyDocument('Shared'));
  const b = new Y.Doc();
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
  a.on('update', (update: Uint8Array, origin: unknown) => origin !== 'other' && Y.applyUpdate(b, update, 'other'));
  b.on('update', (update: Uint8Array, origin: unknown) => origin !== 'other' && Y.applyUpdate(a, update, 'other'));
  return { mine: createDocumentStore(a), theirs: createDocumentStore(b), docs: [a, b] as const };
}

describe('the document in the editor', () => {
  it('does, undoes and does again', () => {
    const store = createDocumentStore(localDoc(emptyDocument('')));
    const { dispatch, undo, redo } = store.getState();
    expect(dispatch(add('n1'), 'Add')).toBe(true);
    expect(undo()).toBe('Add');
    expect(store.getState().document.graph.nodes).toEqual({});
    expect(redo()).toBe('Add');
    expect(Object.keys(store.getState().document.graph.nodes)).toEqual(['n1']);
    expect(redo()).toBeNull();
  });

  it('takes a part of the newest step back with it, and does both again', () => {
    const store = createDocumentStore(localDoc(emptyDocument('')));
    const { dispatch, undo, redo } = store.getState();
    dispatch(add('n1'), 'Add');
    dispatch({ do: 'set-node', graph: 'main', id: 'n1', set: { name: 'hidden' } }, 'Rename', 'of-last');
    const both = store.getState().document;
    expect(undo()).toBe('Add');
    expect(store.getState().document.graph.nodes).toEqual({});
    expect(undo()).toBeNull();
    expect(redo()).toBe('Add');
    expect(store.getState().document).toEqual(both);
  });

  it('forgets a step that is retracted', () => {
    const store = createDocumentStore(localDoc(emptyDocument('')));
    store.getState().dispatch(add('n1'), 'Add');
    store.getState().dispatch(add('n2'), 'Add');
    store.getState().retract();
    expect(Object.keys(store.getState().document.graph.nodes)).toEqual(['n1']);
    expect(store.getState().redo()).toBeNull();
    expect(store.getState().undo()).toBe('Add');
  });

  it('keeps in step with Yjs', () => {
    const { mine, theirs, docs } = twoPages();
    mine.getState().dispatch(add('n1'), 'Add');
    theirs.getState().dispatch({ do: 'set-param', graph: 'main', id: 'n1', param: 'units', value: 16 }, 'Set');
    for (const store of [mine, theirs]) expect(store.getState().document.graph.nodes.n1?.params.units).toBe(16);
    expect(readDocument(docs[0])).toEqual(mine.getState().document);
  });

  it('undoes only its own steps, and skips what somebody else removed', () => {
    const { mine, theirs } = twoPages();
    mine.getState().dispatch(add('n1'), 'Add one');
    theirs.getState().dispatch(add('n2'), 'Add two');
    expect(mine.getState().undo()).toBe('Add one');
    expect(Object.keys(theirs.getState().document.graph.nodes)).toEqual(['n2']);
    expect(mine.getState().undo()).toBeNull();

    mine.getState().dispatch(add('n3'), 'Add three');
    theirs.getState().dispatch({ do: 'remove-node', graph: 'main', id: 'n3' }, 'Delete');
    expect(mine.getState().undo()).toBeNull();
    expect(theirs.getState().undo()).toBe('Delete');
    expect(mine.getState().document.graph.nodes.n3).toBeDefined();
  });

  it('keeps the identity of nodes that others did not touch', () => {
    const { mine, theirs } = twoPages();
    mine.getState().dispatch(add('n1'), 'Add');
    mine.getState().dispatch(add('n2'), 'Add');
    const before = mine.getState().document.graph.nodes.n1;
    theirs.getState().dispatch({ do: 'set-node', graph: 'main', id: 'n2', set: { name: 'other' } }, 'Rename');
    expect(mine.getState().document.graph.nodes.n1).toBe(before);
    expect(mine.getState().document.graph.nodes.n2?.name).toBe('other');
  });

  it('refuses a command on what is gone, and says so', () => {
    const store = createDocumentStore(localDoc(emptyDocument('')));
    expect(store.getState().dispatch({ do: 'remove-node', graph: 'main', id: 'n9' }, 'Delete')).toBe(false);
    expect(store.getState().refusal?.message).toContain('not there any more');
    expect(store.getState().history.done).toEqual([]);
  });

  it('copies as text that names what it is', () => {
    const store = createDocumentStore(localDoc(emptyDocument('')));
    store.getState().dispatch(add('n1'), 'Add');
    expect(JSON.parse(JSON.stringify(copyNodes(store.getState().document, 'main', ['n1']))).netloom).toBe('clip/1');
  });
});
