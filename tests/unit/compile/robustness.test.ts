import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import { apply } from '@/lib/graph/apply';
import type { Document, Edge, Graph, Node, ParamValue } from '@/lib/graph/document';
import { faces } from '@/lib/nodes/faces.generated';
import { mnistCnn } from '@/tests/helpers/build-document';
import { compiled, context } from '@/tests/helpers/compile-context';
import { gan } from '@/tests/helpers/example-documents';

const paramValue: fc.Arbitrary<ParamValue> = fc.oneof(
  fc.integer({ min: -3, max: 300 }),
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.constantFrom(0, -1, 1e12, 2 ** 53, true, false, null, '', 'relu', 'same', 'mnist', 'iris', 'disc', 'gen'),
  fc.array(fc.integer({ min: -1, max: 9 }), { maxLength: 4 }),
  fc.constantFrom({ '=': '2*width' }, { '=': '1/0' }, { '=': '((' }, { '=': '3 + 4' }, { set: { '=': '1' } }),
);

const ports = [
  'x',
  'y',
  'a',
  'b',
  'loss',
  'losses',
  'step',
  'steps',
  'weights',
  'logits',
  'labels',
  'metric',
  'monitor',
  'image',
  'point',
  'value',
  'kernel',
  'param:rate',
  'param:units',
  'nowhere',
];

interface Mangling {
  what: 'param' | 'kind' | 'flag' | 'edge' | 'cut' | 'remove' | 'move';
  node: number;
  other: number;
  field: number;
  value: ParamValue;
  kind: string;
  from: string;
  to: string;
}

const mangling: fc.Arbitrary<Mangling> = fc.record({
  what: fc.constantFrom('param', 'kind', 'flag', 'edge', 'cut', 'remove', 'move'),
  node: fc.nat(60),
  other: fc.nat(60),
  field: fc.nat(9),
  value: paramValue,
  kind: fc.constantFrom(...Object.keys(faces), 'unheard-of'),
  from: fc.constantFrom(...ports),
  to: fc.constantFrom(...ports),
});

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

function mangle(graph: Graph, { what, node, other, field, value, kind, from, to }: Mangling, step: number): void {
  const ids = Object.keys(graph.nodes);
  const id = pick(ids, node);
  const target = id === undefined ? undefined : graph.nodes[id];
  const edges = Object.keys(graph.edges);
  const edge = pick(edges, node);
  if (!target || id === undefined) return;
  const second = pick([...ids, '$in', '$out', 'gone'], other) ?? id;
  switch (what) {
    case 'param': {
      const keys = [...Object.keys(faces[target.kind]?.fields ?? {}), 'odd'];
      target.params = { ...target.params, [pick(keys, field) ?? 'odd']: value };
      return;
    }
    case 'kind':
      target.kind = kind;
      return;
    case 'flag': {
      const flags: Partial<Node>[] = [
        { muted: true },
        { bypassed: true },
        { frozen: true },
        { promoted: ['rate', 'units', 'weights.1', 'x'] },
        { name: '' },
        { start: { key: 'k' } },
        { start: { asset: 'a' } },
      ];
      Object.assign(target, pick(flags, field));
      return;
    }
    case 'edge':
      graph.edges[`m${step}`] = { from: [id, from], to: [second, to] } as Edge;
      return;
    case 'cut':
      if (edge !== undefined) delete graph.edges[edge];
      return;
    case 'remove':
      delete graph.nodes[id];
      return;
    case 'move':
      if (edge !== undefined)
        graph.edges[edge] = { ...(graph.edges[edge] as Edge), from: [second, from] as Edge['from'] };
  }
}

const mangled = (base: () => Document) =>
  fc.array(mangling, { minLength: 1, maxLength: 6 }).map((steps) => {
    const document = structuredClone(base());
    const graphs = [document.graph, document.graph, ...Object.values(document.blocks).map((block) => block.graph)];
    steps.forEach((step, index) => {
      mangle(pick(graphs, step.other + index) as Graph, step, index);
    });
    return document;
  });

const anyDocument = fc.oneof(mangled(mnistCnn), mangled(gan));

test('a mangled document is never too much: it compiles to a sound program, or says why not', {
  timeout: 60_000,
}, () => {
  let programs = 0;
  fc.assert(
    fc.property(anyDocument, (document) => {
      const { program, diagnostics } = compiled(document, { fixes: false });
      for (const { message, at } of diagnostics) {
        expect(message).not.toMatch(/undefined|NaN|\[object/);
        if (at.node !== undefined) {
          const graph = at.graph === undefined ? document.graph : document.blocks[at.graph]?.graph;
          expect(graph?.nodes).toHaveProperty([at.node]);
        }
      }
      expect(program === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
      if (!program) return;
      programs++;
      expect(checkProgram(program, context.kinds)).toEqual([]);
      expect(JSON.parse(JSON.stringify(program))).toEqual(program);
    }),
    { numRuns: 250, seed: 5 },
  );
  expect(programs).toBeGreaterThan(5);
});

test('every fix that is offered can be applied, and following them leads to sound programs', {
  timeout: 60_000,
}, () => {
  let fixes = 0;
  let mended = 0;
  fc.assert(
    fc.property(anyDocument, (mangledDocument) => {
      let document = mangledDocument;
      for (let round = 0; round < 12; round++) {
        const { program, diagnostics } = compiled(document);
        const offered = diagnostics.flatMap(({ fix, alternatives = [] }) => [...(fix ? [fix] : []), ...alternatives]);
        for (const { command } of offered) expect(apply(document, command)).not.toHaveProperty('diagnostic');
        fixes += offered.length;
        if (program) {
          mended++;
          expect(checkProgram(program, context.kinds)).toEqual([]);
          return;
        }
        const fix = diagnostics.find(({ severity, fix }) => severity === 'error' && fix)?.fix;
        const applied = fix ? apply(document, fix.command) : undefined;
        if (!applied || 'diagnostic' in applied) return;
        document = applied.document;
      }
    }),
    { numRuns: 50, seed: 6 },
  );
  expect(fixes).toBeGreaterThan(100);
  expect(mended).toBeGreaterThan(15);
});
