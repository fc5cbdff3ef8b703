import { expect, test } from 'vitest';
import { compile } from '@/lib/compile/compile';
import type { CompileContext } from '@/lib/compile/context';
import { apply } from '@/lib/graph/apply';
import type { Command } from '@/lib/graph/command';
import type { Document } from '@/lib/graph/document';
import { faceKinds } from '@/lib/nodes/face-kinds';
import type { InferContext } from '@/lib/nodes/kind';
import { mnistCnn } from '@/tests/helpers/build-document';
import { context } from '@/tests/helpers/compile-context';

/** The installed kinds, with a count of what is inferred. */
function counting() {
  const inferred: string[] = [];
  const kinds: CompileContext['kinds'] = {};
  for (const [id, { face, infer }] of Object.entries(faceKinds)) {
    kinds[id] = {
      face,
      infer: (asked: InferContext) => {
        inferred.push(id);
        return infer(asked);
      },
    };
  }
  return { inferred, kinds: { ...context, kinds, fixes: false } };
}

function edit(document: Document, command: Command): Document {
  const applied = apply(document, command);
  if ('diagnostic' in applied) throw new Error(applied.diagnostic.message);
  return applied.document;
}

test('an edit infers again only what it reaches', () => {
  const { inferred, kinds } = counting();
  const document = mnistCnn();
  compile(document, kinds);
  expect(inferred).toHaveLength(15);
  const after = (command: Command) => {
    inferred.length = 0;
    compile(edit(document, command), kinds);
    return [...inferred].sort();
  };
  expect(after({ do: 'set-layout', graph: 'main', set: { conv1: { x: 9, y: 9 } } })).toEqual([]);
  expect(after({ do: 'set-node', graph: 'main', id: 'conv2', set: { name: 'renamed' } })).toEqual([]);
  expect(after({ do: 'set-param', graph: 'main', id: 'opt', param: 'rate', value: 0.1 })).toEqual(['adam']);
  expect(after({ do: 'set-param', graph: 'main', id: 'logits', param: 'units', value: 11 })).toEqual([
    'accuracy',
    'cross-entropy',
    'dense',
    'output',
    'softmax',
  ]);
  // Going back costs nothing: what was inferred once is remembered by content.
  inferred.length = 0;
  compile(document, kinds);
  expect(inferred).toEqual([]);
});

test('what is remembered holds for a document that was read anew', () => {
  const { inferred, kinds } = counting();
  compile(mnistCnn(), kinds);
  inferred.length = 0;
  compile(JSON.parse(JSON.stringify(mnistCnn())), kinds);
  expect(inferred).toEqual([]);
});

test('a changed card is seen', () => {
  const { inferred, kinds } = counting();
  compile(mnistCnn(), kinds);
  inferred.length = 0;
  const { mnist } = kinds.datasets;
  if (!mnist) throw new Error('no mnist card');
  compile(mnistCnn(), { ...kinds, datasets: { ...kinds.datasets, mnist: { ...mnist } } });
  expect(inferred).toEqual(['dataset']);
});
