import { expect, test } from 'vitest';
import { compile } from '@/lib/compile/compile';
import type { Document } from '@/lib/graph/document';
import { faceKinds } from '@/lib/nodes/face-kinds';
import type { InferContext } from '@/lib/nodes/kind';
import { buildDocument } from '@/tests/helpers/build-document';
import { compiled, context } from '@/tests/helpers/compile-context';

const port = (id: string) => ({ id, name: id, type: 'tensor' as const });

/** Blocks b0 … bn, each made of `width` instances of the next: width^n nodes if anybody opened them all. */
function nested(depth: number, width: number): Document {
  const blocks = Object.fromEntries(
    Array.from({ length: depth }, (_, level) => [
      `b${level}`,
      {
        nodes: Object.fromEntries(
          Array.from({ length: width }, (_, i) => [
            `n${i}`,
            (level === depth - 1 ? ['flatten'] : ['instance', { block: `b${level + 1}` }]) as [string],
          ]),
        ),
        wires: [] as [string, string][],
        inputs: [port('x')],
        outputs: [port('y')],
      },
    ]),
  );
  return buildDocument({ nodes: { top: ['instance', { block: 'b0' }] }, wires: [], blocks });
}

/** Calls of the kinds' ports and inference: the work that a document causes. */
function workOf(document: Document): { calls: number; codes: string[] } {
  let calls = 0;
  const kinds = Object.fromEntries(
    Object.entries(faceKinds).map(([id, { face, infer }]) => [
      id,
      {
        face,
        infer: (asked: InferContext) => {
          calls++;
          return infer(asked);
        },
      },
    ]),
  );
  const { diagnostics } = compile(document, { ...context, kinds });
  return { calls, codes: diagnostics.map(({ code }) => code) };
}

test('blocks that would open to 10^12 nodes are refused before any is inferred', () => {
  expect(workOf(nested(12, 10))).toEqual({ calls: 0, codes: ['limit'] });
});

test('blocks nested without end are refused', () => {
  expect(workOf(nested(200, 1))).toEqual({ calls: 0, codes: ['limit'] });
});

test('a block that contains itself through others is refused, and named', () => {
  const document = nested(3, 2);
  Object.assign(document.blocks.b2?.graph.nodes.n0 ?? {}, { kind: 'instance', params: { block: 'b0' } });
  const { diagnostics } = compiled(document);
  expect(diagnostics[0]).toMatchObject({ code: 'block-recursion', received: 'b0 → b1 → b2 → b0' });
});

test('a million copies are refused', () => {
  const document = nested(1, 1);
  Object.assign(document.graph.nodes.top?.params ?? {}, { copies: 1_000_000 });
  const { diagnostics } = compiled(document);
  expect(diagnostics[0]).toMatchObject({ code: 'param-range', at: { node: 'top', param: 'copies' } });
});

test('a layer of 10^12 parameters is counted, never made', () => {
  const document = buildDocument({
    nodes: {
      x: ['noise', { shape: [1_000_000] }],
      h: ['dense', { units: 1_000_000 }],
      out: ['output'],
    },
    wires: [
      ['x', 'h'],
      ['h', 'out'],
    ],
  });
  const { program, diagnostics, totals } = compiled(document);
  expect(program).toBeUndefined();
  expect(totals.parameters).toBe(1e12 + 1e6);
  expect(diagnostics[0]).toMatchObject({ code: 'too-large', at: { node: 'h' }, fix: { title: 'Set units to 32' } });
});

test('a chain of bypassed nodes that bites its tail ends', () => {
  const document = buildDocument({
    nodes: { a: ['dropout', {}, { bypassed: true }], b: ['dropout', {}, { bypassed: true }], c: ['flatten'] },
    wires: [
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'c'],
    ],
  });
  expect(compiled(document).diagnostics.map(({ code }) => code)).toEqual(['cycle', 'dead-node']);
});
