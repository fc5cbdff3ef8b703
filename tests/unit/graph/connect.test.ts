import { describe, expect, test } from 'vitest';
import { apply } from '@/lib/graph/apply';
import { connect, edgesInto } from '@/lib/graph/connect';
import { copyNodes, pasteClip } from '@/lib/graph/copy';
import { type Document, emptyDocument } from '@/lib/graph/document';
import { parseClip } from '@/lib/graph/parse-clip';

function threeNodes(): Document {
  const document = emptyDocument('x');
  for (const id of ['a', 'b', 'c']) {
    document.graph.nodes[id] = { kind: 'dense', version: 1, name: id, params: {} };
    document.layout.main = { ...document.layout.main, [id]: { x: 16, y: 32 } };
  }
  return document;
}

function wire(document: Document, from: string, to: string, variadic = false): Document {
  const input = variadic ? { type: 'tensor' as const, variadic: true as const } : { type: 'tensor' as const };
  const made = connect(document, {
    graph: 'main',
    from: [from, 'y'],
    to: [to, 'x'],
    output: { type: 'tensor' },
    input,
  });
  const applied = 'command' in made ? apply(document, made.command) : made;
  if (!('document' in applied)) throw new Error('not connected');
  return applied.document;
}

describe('connecting', () => {
  test('a new wire into a taken input replaces the old one', () => {
    const document = wire(wire(threeNodes(), 'a', 'c'), 'b', 'c');
    expect(Object.values(document.graph.edges).map((edge) => edge.from[0])).toEqual(['b']);
  });

  test('a variadic input keeps its wires in order', () => {
    const document = wire(wire(threeNodes(), 'b', 'c', true), 'a', 'c', true);
    expect(edgesInto(document, 'main', ['c', 'x']).map(([, edge]) => edge.from[0])).toEqual(['b', 'a']);
  });

  test('a wire takes the place of another one among those of a variadic input', () => {
    const document = wire(wire(threeNodes(), 'a', 'c', true), 'b', 'c', true);
    const [[first] = ['']] = edgesInto(document, 'main', ['c', 'x']);
    const drawn = connect(document, {
      graph: 'main',
      from: ['c', 'y'],
      to: ['c', 'x'],
      output: { type: 'tensor' },
      input: { type: 'tensor', variadic: true },
      instead: first,
    });
    const applied = 'command' in drawn ? apply(document, drawn.command) : drawn;
    if (!('document' in applied)) throw new Error('not connected');
    expect(edgesInto(applied.document, 'main', ['c', 'x']).map(([, edge]) => edge.from[0])).toEqual(['c', 'b']);
    expect(apply(applied.document, applied.inverse)).toMatchObject({ document: { graph: document.graph } });
  });

  test('types that do not fit are refused, a number fits a tensor', () => {
    const ends = { graph: 'main', from: ['a', 'y'], to: ['b', 'x'] } as const;
    expect(connect(threeNodes(), { ...ends, output: { type: 'tensor' }, input: { type: 'loss' } })).toMatchObject({
      diagnostic: { code: 'port-type', expected: 'loss', received: 'tensor' },
    });
    expect(connect(threeNodes(), { ...ends, output: { type: 'number' }, input: { type: 'tensor' } })).toHaveProperty(
      'command',
    );
  });
});

describe('copy and paste', () => {
  test('as text, under new ids, with the wires between them', () => {
    const document = wire(wire(threeNodes(), 'a', 'b'), 'b', 'c');
    const clip = parseClip(JSON.stringify(copyNodes(document, 'main', ['b', 'c'])));
    if (!clip) throw new Error('no clip');
    const plain = pasteClip(document, clip, { graph: 'main', offset: { x: 16, y: 16 } });
    const pasted = apply(document, plain.command);
    if (!('document' in pasted)) throw new Error('not pasted');
    expect(Object.keys(pasted.document.graph.nodes)).toHaveLength(5);
    expect(Object.keys(pasted.document.graph.edges)).toHaveLength(3);
    expect(pasted.document.layout.main?.[plain.ids[0] ?? '']).toEqual({ x: 32, y: 48 });
    const incoming = pasteClip(document, clip, { graph: 'main', offset: { x: 0, y: 0 }, incoming: true });
    const withIncoming = apply(document, incoming.command);
    expect('document' in withIncoming && Object.keys(withIncoming.document.graph.edges)).toHaveLength(4);
  });

  test('frames and notes that are selected come along, others stay', () => {
    const document = {
      ...threeNodes(),
      frames: [
        { id: 'f1', graph: 'main', title: 'Head', x: 8, y: 8, w: 200, h: 100 },
        { id: 'f2', graph: 'main', title: 'Not me', x: 0, y: 0, w: 20, h: 20 },
      ],
      notes: [{ graph: 'main', text: 'Why?', x: 40, y: 60 }],
    };
    const clip = parseClip(JSON.stringify(copyNodes(document, 'main', ['b', 'f1', 'note0'])));
    if (!clip) throw new Error('no clip');
    const { command, ids } = pasteClip(document, clip, { graph: 'main', offset: { x: 16, y: 32 } });
    const pasted = apply(document, command);
    if (!('document' in pasted)) throw new Error('not pasted');
    const [, frame, note] = ids;
    expect(pasted.document.frames).toEqual([
      ...document.frames,
      { id: frame, graph: 'main', title: 'Head', x: 24, y: 40, w: 200, h: 100 },
    ]);
    expect(pasted.document.notes).toEqual([...document.notes, { id: note, graph: 'main', text: 'Why?', x: 56, y: 92 }]);
    expect(apply(pasted.document, pasted.inverse)).toMatchObject({ document });
  });

  test('other text is not a clip', () => {
    expect(parseClip('hello')).toBeNull();
    expect(parseClip('{"netloom":"clip/1"}')).toBeNull();
  });
});
