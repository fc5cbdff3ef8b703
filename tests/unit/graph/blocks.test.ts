import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyToYjs, readDocument, writeDocument } from '@/lib/collab/yjs-document';
import { entry as digits } from '@/lib/gallery/mnist-cnn/entry';
import { residualNetwork } from '@/lib/gallery/residual-network';
import { entry as pupils } from '@/lib/gallery/will-i-pass/entry';
import { apply } from '@/lib/graph/apply';
import { exposeParam, removeParam } from '@/lib/graph/blocks/block-params';
import { addPort, changePort, movePort, removePort } from '@/lib/graph/blocks/block-ports';
import { detachBlock } from '@/lib/graph/blocks/detach-block';
import { type MadeBlock, makeBlock } from '@/lib/graph/blocks/make-block';
import { type Unpacked, unpackInstance } from '@/lib/graph/blocks/unpack-block';
import type { Command } from '@/lib/graph/command';
import type { Document, NodeId } from '@/lib/graph/document';
import { parseDocument } from '@/lib/graph/parse-document';
import { compiled } from '@/tests/helpers/compile-context';
import { gan } from '@/tests/helpers/example-documents';
import { installedPorts } from '@/tests/helpers/ports-of';

const residual = residualNetwork({
  title: 'Residual',
  depth: 18,
  dataset: 'fashion-mnist',
  classes: 10,
  iterations: 10,
});
const DOCUMENTS: Record<string, Document> = {
  digits: digits.document,
  pupils: pupils.document,
  gan: gan(),
  residual,
};

function done(document: Document, command: Command): { document: Document; inverse: Command } {
  const applied = apply(document, command);
  if ('diagnostic' in applied) throw new Error(applied.diagnostic.message);
  return applied;
}

function made(document: Document, nodes: readonly NodeId[], graph = 'main'): MadeBlock {
  const block = makeBlock(document, { graph, nodes, title: 'Part', name: 'part', portsOf: installedPorts(document) });
  if ('diagnostic' in block) throw new Error(block.diagnostic.message);
  return block;
}

function unpacked(document: Document, node: NodeId, graph = 'main'): Unpacked {
  const size = { block: { width: 600, height: 200 }, instance: { width: 160 } };
  const scope = Object.fromEntries(Object.entries(document.params).map(([key, param]) => [key, param.default]));
  const out = unpackInstance(document, { graph, node, portsOf: installedPorts(document), scope, size });
  if ('diagnostic' in out) throw new Error(out.diagnostic.message);
  return out;
}

/** What a network is, whatever its nodes are called and however they are grouped. */
function meaning(document: Document) {
  const { diagnostics, totals, program } = compiled(document, { fixes: false });
  const { nodes: _, memory, ...rest } = totals;
  // A node's path says in which block it stands.
  const figures = { ...rest, memory: { ...memory, biggest: memory?.biggest?.bytes } };
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  return {
    errors,
    figures,
    ops: program?.ops.map(({ kind }) => kind).sort(),
    tasks: program?.tasks.map((task) => (task.do === 'update' ? [task.weights.length, task.writes.length] : task.do)),
    functions: Object.keys(program?.functions ?? {}).length,
  };
}

describe('a block from a selection', () => {
  test('of the middle of a network has one way in and one way out, and reads as before', () => {
    const block = made(digits.document, ['conv1', 'pool1', 'conv2', 'pool2']);
    const { document } = done(digits.document, block.command);
    expect(document.blocks[block.block]).toMatchObject({
      inputs: [{ id: 'x', type: 'tensor' }],
      outputs: [{ id: 'y', type: 'tensor' }],
    });
    expect(Object.keys(document.graph.nodes)).toHaveLength(Object.keys(digits.document.graph.nodes).length - 3);
    expect(meaning(document)).toEqual(meaning(digits.document));
  });

  test('takes what stands between along, since it would come before itself otherwise', () => {
    const block = made(digits.document, ['conv1', 'conv2']);
    expect(block.between).toEqual(['pool1']);
  });

  test('gets the params that its expressions name', () => {
    const { document } = done(residual, made(residual, ['stem', 'stemNorm', 'stemRelu']).command);
    const block = Object.values(document.blocks).find(({ title }) => title === 'Part');
    expect(Object.keys(block?.params ?? {})).toEqual(['width']);
    expect(meaning(document)).toEqual(meaning(residual));
  });

  test('leaves Training outside', () => {
    const answer = makeBlock(digits.document, {
      graph: 'main',
      nodes: ['adam', 'training'],
      title: 'Part',
      name: 'part',
      portsOf: installedPorts(digits.document),
    });
    expect(answer).toHaveProperty('diagnostic.message', expect.stringContaining('cannot be in a block'));
  });

  test('never changes what the network is; unpacking brings it back; undo is exact; Yjs agrees', () => {
    const names = fc.constantFrom(...Object.keys(DOCUMENTS));
    fc.assert(
      fc.property(names, fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }), (name, picks) => {
        const document = DOCUMENTS[name] as Document;
        const ids = Object.keys(document.graph.nodes);
        const nodes = picks.flatMap((pick) => ids[pick % ids.length] ?? []);
        const block = makeBlock(document, {
          graph: 'main',
          nodes,
          title: 'Part',
          name: 'part',
          portsOf: installedPorts(document),
        });
        if ('diagnostic' in block) return;
        const packed = done(document, block.command);
        expect(parseDocument(packed.document).diagnostics).toEqual([]);
        expect(meaning(packed.document)).toEqual(meaning(document));
        expect(done(packed.document, packed.inverse).document).toEqual(document);

        const out = unpacked(packed.document, block.instance);
        const flat = done(packed.document, out.command);
        expect(parseDocument(flat.document).diagnostics).toEqual([]);
        expect(meaning(flat.document)).toEqual(meaning(document));
        expect(done(flat.document, flat.inverse).document).toEqual(packed.document);

        const doc = new Y.Doc();
        writeDocument(doc, document);
        applyToYjs(doc, block.command);
        applyToYjs(doc, out.command);
        expect(readDocument(doc)).toEqual(flat.document);
      }),
      { seed: 5, numRuns: 30 },
    );
  });
});

describe('unpacking', () => {
  test('writes a chain of copies out, with their params put in', () => {
    const keep = Object.entries(residual.graph.nodes).find(([, node]) => node.params.copies === 2)?.[0] ?? '';
    const { document } = done(residual, unpacked(residual, keep).command);
    expect(meaning(document)).toEqual(meaning(residual));
    expect(document.graph.nodes[keep]).toBeUndefined();
  });

  test('gives an optimizer the weights of all that was inside', () => {
    const document = gan();
    const { document: flat } = done(document, unpacked(document, 'G').command);
    expect(meaning(flat)).toEqual(meaning(document));
  });

  test('is refused where weights are shared', () => {
    const document = gan();
    const answer = unpackInstance(document, {
      graph: 'main',
      node: 'Dr',
      portsOf: installedPorts(document),
      scope: {},
      size: { block: { width: 0, height: 0 }, instance: { width: 0 } },
    });
    expect(answer).toHaveProperty(
      'diagnostic.message',
      'Df has the weights of Dr. Cut that wire before you unpack it.',
    );
  });
});

describe('ports and params of a block', () => {
  const { document, block, instance } = (() => {
    const block = made(digits.document, ['conv1', 'pool1']);
    return { ...block, document: done(digits.document, block.command).document };
  })();

  test('a port that goes takes its wires along, inside and at every use', () => {
    const before = Object.values(document.graph.edges).filter(({ to }) => to[0] === instance).length;
    const { document: next, inverse } = done(document, removePort(document, block, 'inputs', 'x'));
    expect(Object.values(next.graph.edges).filter(({ to }) => to[0] === instance)).toHaveLength(before - 1);
    expect(Object.values(next.blocks[block]?.graph.edges ?? {}).some(({ from }) => from[0] === '$in')).toBe(false);
    expect(done(next, inverse).document).toEqual(document);
  });

  test('ports are added, named, and moved', () => {
    const added = done(document, addPort(document, block, 'inputs', { id: 'z', name: 'Z', type: 'tensor' })).document;
    const named = done(added, changePort(added, block, 'inputs', 'z', { name: 'Style', optional: true })).document;
    const moved = done(named, movePort(named, block, 'inputs', 'z', 0)).document;
    expect(moved.blocks[block]?.inputs).toEqual([
      { id: 'z', name: 'Style', type: 'tensor', optional: true },
      expect.objectContaining({ id: 'x' }),
    ]);
  });

  test('a field becomes a param that each use may set; taken away, its value stays', () => {
    const param = { title: 'Filters', default: 32 };
    const shown = done(
      document,
      exposeParam(document, { graph: block, nodes: ['conv1'], param: 'filters', key: 'filters', as: param }),
    ).document;
    const set = done(shown, {
      do: 'set-param',
      graph: 'main',
      id: instance,
      param: 'set',
      value: { filters: 16 },
    }).document;
    expect(meaning(shown)).toEqual(meaning(digits.document));
    expect(meaning(set).figures.parameters).toBeLessThan(meaning(shown).figures.parameters);
    const gone = done(set, removeParam(set, block, 'filters')).document;
    expect(gone.blocks[block]?.graph.nodes.conv1?.params.filters).toBe(32);
    expect(gone.graph.nodes[instance]?.params.set).toBeUndefined();
  });

  test('a param of the document is forgotten by presets and variants as well', () => {
    const gone = done(digits.document, removeParam(digits.document, 'main', 'epochs')).document;
    expect(meaning(gone)).toEqual(meaning(digits.document));
    expect(gone.presets.quick).not.toHaveProperty('epochs');
  });

  test('a detached use no longer follows the others', () => {
    const detached = detachBlock(document, 'main', [instance], 'Part 2');
    if (!detached) throw new Error('nothing was detached');
    const { document: next } = done(document, detached.command);
    expect(next.graph.nodes[instance]?.params.block).toBe(detached.block);
    expect(next.blocks[detached.block]?.graph).toEqual(document.blocks[block]?.graph);
    expect(meaning(next)).toEqual(meaning(document));
  });
});
