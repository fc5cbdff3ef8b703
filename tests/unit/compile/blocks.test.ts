import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import type { Document, ParamValue } from '@/lib/graph/document';
import { buildDocument } from '@/tests/helpers/build-document';
import { codesOf, compiled, context, programOf } from '@/tests/helpers/compile-context';

const port = (id: string) => ({ id, name: id, type: 'tensor' as const });

/** Iris through a chain of blocks `layer` (a dense layer inside a block inside a block) to a loss. */
function stack(copies: ParamValue, more: Partial<Document> = {}): Document {
  return buildDocument({
    blocks: {
      layer: {
        nodes: { f: ['dense', { units: { '=': 'width' }, activation: 'relu' }] },
        wires: [
          ['$in.x', 'f'],
          ['f', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
        params: { width: { title: 'Width', default: 8, min: 1 } },
      },
      stage: {
        nodes: {
          a: ['instance', { block: 'layer', set: { width: { '=': '4*size' } } }],
          b: ['instance', { block: 'layer', set: { width: { '=': 'size' } } }],
        },
        wires: [
          ['$in.x', 'a'],
          ['a', 'b'],
          ['b', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
        params: { size: { title: 'Size', default: 3 } },
      },
    },
    nodes: {
      d: ['dataset', { dataset: 'iris' }],
      s: ['instance', { block: 'stage', copies, set: { size: { '=': 'n' } } }, { name: 'stack' }],
      o: ['dense', { units: 3 }],
      L: ['cross-entropy'],
      opt: ['sgd'],
      T: ['training'],
      out: ['output'],
    },
    wires: [
      ['d.features', 's'],
      ['s', 'o'],
      ['o', 'L.logits'],
      ['d.label', 'L.labels'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['o', 'out'],
    ],
    rest: { params: { n: { title: 'n', default: 5 } }, ...more },
  });
}

test('blocks nest, and expressions reach through them from the document', () => {
  const program = programOf(stack(1));
  expect(program.ops.map(({ id }) => id)).toEqual(['d', 's/a/f', 's/b/f', 'o', 'L']);
  expect(program.variables.map(({ name, shape }) => [name, shape])).toEqual([
    ['stack/a/f/kernel', [4, 20]],
    ['stack/a/f/bias', [20]],
    ['stack/b/f/kernel', [20, 5]],
    ['stack/b/f/bias', [5]],
    ['o/kernel', [5, 3]],
    ['o/bias', [3]],
  ]);
  expect(checkProgram(program, context.kinds)).toEqual([]);
});

test('copies are chained, each with weights of its own', () => {
  const program = programOf(stack(3));
  expect(program.ops.map(({ id, in: from }) => [id, from.x?.[0]]).slice(1, 8)).toEqual([
    ['s[0]/a/f', 'd.features'],
    ['s[0]/b/f', 's[0]/a/f.y'],
    ['s[1]/a/f', 's[0]/b/f.y'],
    ['s[1]/b/f', 's[1]/a/f.y'],
    ['s[2]/a/f', 's[1]/b/f.y'],
    ['s[2]/b/f', 's[2]/a/f.y'],
    ['o', 's[2]/b/f.y'],
  ]);
  expect(new Set(program.variables.map(({ id }) => id)).size).toBe(14);
  expect(program.variables.find(({ id }) => id === 's[1]/a/f#kernel')).toMatchObject({
    name: 'stack[1]/a/f/kernel',
    shape: [5, 20],
  });
});

test('no copies at all: the first input goes through', () => {
  const program = programOf(stack(0));
  expect(program.ops.find(({ id }) => id === 'o')?.in.x).toEqual(['d.features']);
});

test('the number of copies may be an expression', () => {
  expect(programOf(stack({ '=': 'n - 3' })).ops.filter(({ id }) => id.endsWith('/a/f'))).toHaveLength(2);
});

test('a shared instance uses the variables of the root of its chain, copy by copy', () => {
  const document = stack(2);
  const graph = document.graph;
  graph.nodes.s2 = { ...(graph.nodes.s as (typeof graph.nodes)[string]), name: 'twin' };
  graph.nodes.s3 = { ...(graph.nodes.s as (typeof graph.nodes)[string]), name: 'triplet' };
  graph.nodes.out2 = { kind: 'output', version: 1, name: 'out2', params: { key: 'twin' } };
  graph.edges.a = { from: ['d', 'features'], to: ['s2', 'x'] };
  graph.edges.b = { from: ['s', 'weights'], to: ['s2', 'weights'] };
  graph.edges.c = { from: ['s2', 'weights'], to: ['s3', 'weights'] };
  graph.edges.d = { from: ['d', 'features'], to: ['s3', 'x'] };
  graph.edges.e = { from: ['s3', 'y'], to: ['out2', 'x'] };
  const program = programOf(document);
  expect(program.ops.find(({ id }) => id === 's3[1]/b/f')?.uses).toEqual({
    kernel: 's[1]/b/f#kernel',
    bias: 's[1]/b/f#bias',
  });
  expect(program.variables).toHaveLength(10);
  expect(compiled(document).totals.parameters).toBe(compiled(stack(2)).totals.parameters);
});

test('one node may share with another, and a frozen instance freezes what it owns', () => {
  const document = stack(1);
  document.graph.nodes.o2 = { kind: 'dense', version: 1, name: 'o2', params: { units: 3 } };
  document.graph.nodes.out2 = { kind: 'output', version: 1, name: 'out2', params: { key: 'twin' } };
  document.graph.edges.a = { from: ['s', 'y'], to: ['o2', 'x'] };
  document.graph.edges.b = { from: ['o', 'weights'], to: ['o2', 'weights'] };
  document.graph.edges.c = { from: ['o2', 'y'], to: ['out2', 'x'] };
  const instance = document.graph.nodes.s;
  if (instance) instance.frozen = true;
  const program = programOf(document);
  expect(program.ops.find(({ id }) => id === 'o2')?.uses.kernel).toBe('o#kernel');
  expect(program.variables.filter(({ frozen }) => frozen)).toHaveLength(4);
  const update = program.tasks.find((task) => task.do === 'update');
  expect(update?.weights).toEqual(['o#kernel', 'o#bias']);
});

test('equal starts: nodes with one key begin with the same numbers, others do not', () => {
  const document = stack(2);
  const keyed = (id: string) => {
    const node = document.graph.nodes[id];
    if (node) node.start = { key: 'same' };
  };
  keyed('s');
  const keys = programOf(document).variables.map(({ init }) => (init.by === 'random' ? init.key : init.by));
  expect(keys.slice(0, 2)).toEqual(['same[0]/a/f#kernel', 'same[0]/a/f#bias']);
  expect(new Set(keys).size).toBe(keys.length);
});

test('muted nodes are gone with their wires, bypassed ones let their input through', () => {
  const document = stack(1);
  document.graph.nodes.drop = { kind: 'dropout', version: 1, name: 'drop', params: {}, bypassed: true };
  document.graph.edges.e1 = { from: ['drop', 'y'], to: ['o', 'x'] };
  document.graph.edges.in = { from: ['s', 'y'], to: ['drop', 'x'] };
  expect(programOf(document).hash).toBe(programOf(stack(1)).hash);
  const noStack = stack(1);
  const { s } = noStack.graph.nodes;
  if (s) s.bypassed = true;
  expect(programOf(noStack).ops.find(({ id }) => id === 'o')?.in.x).toEqual(['d.features']);
  if (s) {
    delete s.bypassed;
    s.muted = true;
  }
  expect(codesOf(compiled(noStack))).toContain('input-missing@o');
});

test('an instance tells the editor what its block amounts to', () => {
  const { nodes } = compiled(stack(3));
  const { s } = nodes;
  expect(s?.parameters).toBe(4 * 20 + 20 + (20 * 5 + 5) + 2 * (5 * 20 + 20 + 20 * 5 + 5));
  expect(s?.inputs.find(({ id }) => id === 'x')?.specs[0]?.shape).toEqual(['batch', 4]);
  expect(s?.outputs.find(({ id }) => id === 'y')?.spec?.shape).toEqual(['batch', 5]);
});

test('an open input of a block is blamed on the instance, once', () => {
  const document = stack(3);
  delete document.graph.edges.e0;
  const { diagnostics } = compiled(document);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toHaveLength(1);
  expect(diagnostics[0]).toMatchObject({
    code: 'input-missing',
    at: { node: 's', port: 'x' },
    fix: { title: 'Connect d (measurements)' },
  });
});

test('an open input is offered the output of an instance as well', () => {
  const document = stack(2);
  delete document.graph.edges.e1;
  const [diagnostic] = compiled(document).diagnostics;
  expect(diagnostic).toMatchObject({ code: 'input-missing', at: { node: 'o' }, fix: { title: 'Connect stack' } });
});

test('a layer gives its kernel as a tensor, and the gradient goes into it', () => {
  const document = stack(1);
  const { nodes, edges } = document.graph;
  nodes.P = { kind: 'as-loss', version: 1, name: 'P', params: {} };
  nodes.S = { kind: 'loss-sum', version: 1, name: 'S', params: {} };
  edges.a = { from: ['o', 'kernel'], to: ['P', 'x'] };
  edges.b = { from: ['P', 'loss'], to: ['S', 'losses'], order: 'A' };
  edges.c = { from: ['L', 'loss'], to: ['S', 'losses'], order: 'B' };
  edges.e4 = { from: ['S', 'loss'], to: ['opt', 'loss'] };
  const program = programOf(document);
  expect(program.ops.find(({ id }) => id === 'o')?.out).toEqual({ y: 'o.y', kernel: 'o.kernel' });
  expect(program.values['o.kernel']?.shape).toEqual([5, 3]);
  expect(checkProgram(program, context.kinds)).toEqual([]);
  edges.a = { from: ['o', 'gamma'], to: ['P', 'x'] };
  expect(codesOf(compiled(document))).toContain('port-type@P');
});

test('blocks may take weights as an argument', () => {
  const document = buildDocument({
    blocks: {
      again: {
        nodes: { f: ['dense', { units: 2 }] },
        wires: [
          ['$in.x', 'f'],
          ['$in.m', 'f.weights'],
          ['f', '$out.y'],
        ],
        inputs: [port('x'), { id: 'm', name: 'm', type: 'weights' }],
        outputs: [port('y')],
      },
    },
    nodes: {
      x: ['constant', { value: [[1, 2, 3]] }],
      f: ['dense', { units: 2 }],
      g: ['instance', { block: 'again' }],
      o1: ['output', { key: 'one' }],
      o2: ['output', { key: 'two' }],
    },
    wires: [
      ['x', 'f'],
      ['x', 'g'],
      ['f.weights', 'g.m'],
      ['f', 'o1'],
      ['g', 'o2'],
    ],
  });
  const program = programOf(document);
  expect(program.ops.find(({ id }) => id === 'g/f')?.uses.kernel).toBe('f#kernel');
  expect(program.variables).toHaveLength(2);
});
