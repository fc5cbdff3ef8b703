import { expect, test } from 'vitest';
import { canStep } from '@/lib/compile/can-step';
import type { Document } from '@/lib/graph/document';
import { kinds } from '@/lib/nodes/kinds.generated';
import { captioning, writing } from '@/tests/helpers/caller-documents';
import { programOf } from '@/tests/helpers/compile-context';

const steps = (document: Document): boolean => {
  const body = programOf(document).bodies.say;
  if (!body) throw new Error('no body');
  return canStep(body, kinds);
};

test('a sequence is read piece by piece where every op works on single steps or remembers', () => {
  for (const layer of ['gru', 'lstm', 'simple-rnn'] as const) expect(steps(writing(layer))).toBe(true);
});

test('what meets another sequence needs all of it', () => {
  expect(steps(captioning())).toBe(false);
});

test('what only sees earlier steps, but does not remember them, needs them again', () => {
  const document = writing();
  const { graph } = document.blocks.decoder ?? {};
  if (!graph?.nodes.drop) throw new Error('no block');
  graph.nodes.drop = { ...graph.nodes.drop, kind: 'shift-right', params: {} };
  expect(steps(document)).toBe(false);
});
