import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '@/lib/compile/compile';
import { Reinference } from '@/lib/compile/reinfer';
import { residualNetwork } from '@/lib/gallery/residual-network';
import { apply } from '@/lib/graph/apply';
import type { Command } from '@/lib/graph/command';
import type { Document } from '@/lib/graph/document';
import { mnistCnn } from '@/tests/helpers/build-document';
import { context } from '@/tests/helpers/compile-context';

function after(document: Document, command: Command): Document {
  const applied = apply(document, command);
  if ('diagnostic' in applied) throw new Error(applied.diagnostic.message);
  return applied.document;
}

const set = (id: string, param: string, value: number | number[] | string, graph = 'main'): Command => ({
  do: 'set-param',
  graph,
  id,
  param,
  value,
});

const specs = (nodes: ReturnType<typeof compile>['nodes']) =>
  Object.fromEntries(Object.entries(nodes).map(([path, { inputs, outputs }]) => [path, { inputs, outputs }]));

const edits: Command[] = [
  set('conv1', 'filters', 7),
  set('conv1', 'stride', [2, 2]),
  set('conv2', 'padding', 'valid'),
  set('pool1', 'size', [3, 3]),
  set('dense1', 'units', 5),
  set('logits', 'units', 3),
  set('drop', 'rate', 0.9),
];

test('after any sequence of edits of params the specs are those of a compile from nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...edits), { minLength: 1, maxLength: 6 }), (commands) => {
      let document = mnistCnn();
      const session = new Reinference(document, context);
      let { nodes } = compile(document, context);
      for (const command of commands) {
        document = after(document, command);
        const changed = session.edit(document);
        if (!changed) throw new Error('an edit of params is followed');
        nodes = session.insights(nodes, changed);
      }
      expect(specs(nodes)).toEqual(specs(compile(document, context).nodes));
    }),
    { numRuns: 40, seed: 3 },
  );
});

test('an edit infers again what it reaches, in every copy of a block, and nothing else', () => {
  const document = residualNetwork({ title: 'R', depth: 18, dataset: 'digits', classes: 10, iterations: 1 });
  const session = new Reinference(document, context);
  expect(session.edit(after(document, set('logits', 'units', 12)))).toEqual(
    new Set(['logits', 'softmax', 'class', 'loss', 'accuracy']),
  );
  const momentum = session.edit(after(document, set('norm1', 'epsilon', 0.01, 'keep')));
  // What hangs on logits, which is back to what it was, and the five copies of the block.
  expect(momentum?.size).toBe(5 + 5);
});

test('more than params is not followed', () => {
  const document = mnistCnn();
  const session = new Reinference(document, context);
  expect(session.edit(after(document, { do: 'remove-node', graph: 'main', id: 'drop' }))).toBeNull();
  expect(session.edit(after(document, { do: 'set-node', graph: 'main', id: 'drop', set: { muted: true } }))).toBeNull();
  expect(session.edit(after(document, set('d', 'dataset', 'iris')))).toBeNull();
});
