import { expect, test } from 'vitest';
import { required } from '@/lib/base/invariant';
import { checkProgram } from '@/lib/compile/check-program';
import type { Program } from '@/lib/compile/program';
import type { Document, Node } from '@/lib/graph/document';
import { buildDocument } from '@/tests/helpers/build-document';
import {
  captioning,
  controller,
  everyStep,
  monteCarlo,
  nested,
  port,
  recurrence,
  reinforce,
  stateful,
  writing,
} from '@/tests/helpers/caller-documents';
import { codesOf, compiled, context, mended, programOf, sketch } from '@/tests/helpers/compile-context';

const sound = (document: Document) => {
  const program = programOf(document);
  expect(checkProgram(program, context.kinds)).toEqual([]);
  expect(compiled(document).diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  return program;
};

test('a caller owns what is in its block, and an update trains through it and writes its statistics', () => {
  const program = sound(recurrence());
  expect(program.ops.map(({ id }) => id)).toEqual(['d', 'it/rate', 'it', 'o', 'L']);
  expect(sketch(program).slice(0, 2)).toEqual([
    'fetch d it/rate keeps d.features d.label it/rate.value',
    'upd opt[L.loss | it/f#kernel it/f#bias it/bn#gamma it/bn#beta o#kernel o#bias | it/bn#moving_mean by it it/bn#moving_variance by it] folds loss accuracy',
  ]);
  const { it: body } = program.bodies;
  expect(body?.inputs).toEqual([{ port: 'x', value: 'it/$in.x' }]);
  expect(body?.outputs).toEqual([{ port: 'y', value: 'it/mix.y' }]);
  expect(body?.ops.map(({ id }) => id)).toEqual(['it/e', 'it/f', 'it/drop', 'it/bn', 'it/sum', 'it/mix']);
  expect(program.ops.find(({ id }) => id === 'it')).toMatchObject({
    params: { times: 3, carry: 1, collect: 'last' },
    in: { x: ['d.features'] },
    uses: { 'f#kernel': 'it/f#kernel', 'bn#moving_mean': 'it/bn#moving_mean' },
    numbers: { 'it/rate.value': 'it/rate.value' },
  });
  expect(program.variables.map(({ name }) => name)[0]).toBe('it/f/kernel');
});

test('figures of a caller count every call; parameters count once', () => {
  const { nodes, totals } = compiled(recurrence());
  expect(nodes.it).toMatchObject({ parameters: 4 * 4 + 4 + 4 * 4, trainableParameters: 4 * 4 + 4 + 2 * 4 });
  expect(nodes['it/mix']?.flops).toBe(3 * 8);
  expect(nodes.it?.outputs[0]?.spec).toEqual({ shape: ['batch', 4], dtype: 'float32', meaning: 'features' });
  expect(nodes.it?.inputs.map(({ id }) => id)).toEqual(['x', 'weights']);
  expect(nodes).not.toHaveProperty('it/$in');
  expect(totals.parameters).toBe(36 + 15);
});

test('a block on every step of a sequence counts each step, and sees a batch of them', () => {
  sound(everyStep());
  const { nodes } = compiled(everyStep());
  expect(nodes['it/mix']?.flops).toBe(2 * 8);
  const spec = (path: string) => nodes[path]?.outputs[0]?.spec?.shape;
  expect([spec('it/f'), spec('it')]).toEqual([
    ['batch', 4],
    ['batch', 2, 4],
  ]);
});

test('a block on every step needs steps', () => {
  const document = everyStep();
  for (const edge of Object.values(document.graph.edges)) if (edge.to[0] === 'it') edge.from = ['d', 'label'];
  expect(codesOf(compiled(document))).toEqual(['shape-mismatch@it', 'dead-node@steps', 'dead-node@wide']);
});

test('a caller shares with an instance of its block, either way round', () => {
  const program = sound(monteCarlo());
  expect(program.ops.find(({ id }) => id === 'ask')?.uses['f#kernel']).toBe('o/f#kernel');
  expect(program.variables).toHaveLength(4);
  expect(program.values['ask.y']?.shape).toEqual([6, 'batch', 3]);
  expect(sketch(program)[1]).toBe(
    'upd opt[L.loss | o/f#kernel o/f#bias o/scores#kernel o/scores#bias | ] folds loss accuracy',
  );
  const turned = monteCarlo();
  const wire = Object.entries(turned.graph.edges).find(([, { to }]) => to[1] === 'weights')?.[0] ?? '';
  turned.graph.edges[wire] = { from: ['ask', 'weights'], to: ['o', 'weights'] };
  const owned = sound(turned);
  expect(owned.ops.find(({ id }) => id === 'o/f')?.uses.kernel).toBe('ask/f#kernel');
  expect(owned.variables.find(({ id }) => id === 'ask/f#kernel')?.name).toBe('ask/f/kernel');
});

test('unwired, a caller has weights of its own, which an optimizer may be given', () => {
  const document = monteCarlo();
  const wire = Object.entries(document.graph.edges).find(([, { to }]) => to[1] === 'weights')?.[0] ?? '';
  delete document.graph.edges[wire];
  expect(programOf(document).variables).toHaveLength(8);
  const chosen = recurrence();
  chosen.graph.edges.w = { from: ['it', 'weights'], to: ['opt', 'weights'] };
  chosen.graph.nodes.o = { ...(chosen.graph.nodes.o as Document['graph']['nodes'][string]), frozen: true };
  expect(sketch(sound(chosen))[1]).toMatch(/\| it\/f#kernel it\/f#bias it\/bn#gamma it\/bn#beta \|/);
  const frozen = recurrence();
  frozen.graph.nodes.it = { ...(frozen.graph.nodes.it as Document['graph']['nodes'][string]), frozen: true };
  expect(sketch(sound(frozen))[1]).toMatch(/\| o#kernel o#bias \|/);
});

test('weights and schedules are arguments that reach through callers in callers', () => {
  const program = sound(nested());
  expect(Object.keys(program.bodies)).toEqual(['outer', 'outer/inner']);
  expect(program.bodies.outer?.ops.find(({ id }) => id === 'outer/inner')?.uses).toEqual({
    'net/f#kernel': 'first/f#kernel',
    'net/f#bias': 'first/f#bias',
  });
  expect(program.ops.find(({ id }) => id === 'outer')?.uses).toHaveProperty('inner/net/f#kernel', 'first/f#kernel');
  expect(program.bodies['outer/inner']?.ops.find(({ id }) => id === 'outer/inner/mix')?.in.t).toEqual(['ramp.value']);
  expect(compiled(nested()).nodes['outer/inner/mix']?.flops).toBe(4 * 8);
});

test('reinforce: a source plays with the weights that the update trains, as the specification lists it', () => {
  const program = sound(reinforce());
  expect(sketch(program)).toEqual([
    'fetch r keeps r.action r.episodeReturn r.mask r.observation r.return',
    'upd opt[L.loss | P/f#kernel P/f#bias P/scores#kernel P/scores#bias | ] folds return loss',
    'validation: sweep validation{return loss}',
    'end: sweep test{return loss}',
  ]);
  expect(program.ops.find(({ id }) => id === 'r')?.uses['f#kernel']).toBe('P/f#kernel');
  expect(program.run).toMatchObject({ epochSource: null, length: { iterations: 5 } });
  const wrong = reinforce('catch', 2);
  expect(codesOf(compiled(wrong))).toEqual(['shape-mismatch@r']);
  const fixed = compiled(wrong).diagnostics[0]?.fix?.command;
  expect(fixed).toMatchObject({ graph: 'policy', id: 'scores', param: 'units', value: 3 });
});

test('captioning: sequences are written in sweeps and functions, never in an update', () => {
  const program = sound(captioning());
  expect(sketch(program)).toEqual([
    'fetch chance picture keeps chance.y picture.y',
    'upd opt[L.loss | F#kernel F#bias Y/e#table Y/r#kernel Y/r#recurrent_kernel Y/r#bias Y/scores#kernel Y/scores#bias | ] folds loss',
    'validation: sweep validation{loss exact-match}',
    'end: sweep test{loss exact-match}',
  ]);
  expect(program.bodies.say?.outputs).toEqual([{ port: 'logits', value: 'say/scores.y' }]);
  expect(program.values['say.y']).toEqual({ shape: ['batch', 5], dtype: 'int32', meaning: 'tokens', classes: 4 });
  expect(program.functions).toMatchObject([{ name: 'caption', inputs: [{ value: 'picture.y' }], ops: ['F', 'say'] }]);
});

test('a controller writes in fetch what its update learns from', () => {
  const program = sound(controller());
  expect(sketch(program).slice(0, 2)).toEqual([
    'fetch k keeps k.y',
    'upd opt[L.loss | Q/e#table Q/r#kernel Q/r#recurrent_kernel Q/r#bias Q/scores#kernel Q/scores#bias | ] folds reward loss',
  ]);
  expect(program.values['k.y']?.shape).toEqual([6, 4]);
});

test('a sequence that is written step by step costs as much as one that is read', () => {
  const flops = (document: Document) => {
    const { nodes } = compiled(document);
    return { written: nodes['k/scores']?.flops, read: nodes['Q/scores']?.flops };
  };
  const { written, read } = flops(controller());
  expect(read).toBeGreaterThan(0);
  expect(written).toBe(read);

  // A window over the steps before remembers nothing: each of four steps reads the whole again.
  const again = controller();
  const { graph } = required(again.blocks.controller, 'controller');
  graph.nodes.r = { kind: 'conv-1d', version: 1, name: 'r', params: { filters: 4, kernel: [2], padding: 'causal' } };
  const anew = flops(again);
  expect(anew.written).toBe(4 * (anew.read ?? 0));
});

test('what looks ahead cannot write step by step', () => {
  const backwards = writing();
  const reader = backwards.blocks.decoder?.graph.nodes.r;
  if (reader) reader.params = { ...reader.params, backwards: true };
  expect(codesOf(compiled(backwards))).toEqual(['not-causal@say/r']);
  sound(mended(backwards, 'not-causal'));
  if (reader) reader.params = { units: 4, gives: 'last' };
  expect(codesOf(compiled(backwards))).toContain('shape-mismatch@say');
  const long = writing();
  if (long.graph.nodes.begin) long.graph.nodes.begin.params.size = 5;
  if (long.graph.nodes.say) long.graph.nodes.say.params.length = 4;
  expect(codesOf(compiled(long))).toContain('shape-mismatch@say');
});

test('a state goes on in the same row, so the order counts, and a caller has no next batch', () => {
  const codes = (document: Document) => codesOf(compiled(document)).filter((code) => !code.startsWith('dead-node'));
  expect(codes(stateful())).toEqual([]);
  expect(codes(stateful('shuffled'))).toEqual(['order-lost@d']);
  sound(mended(stateful('shuffled'), 'order-lost'));
  const { variables } = sound(stateful());
  expect(variables.filter(({ resets }) => resets).map(({ id, shape }) => `${id} ${shape}`)).toEqual([
    'one/read#hidden_state 32,3',
    'last#hidden_state 32,4',
    'last#memory_state 32,4',
  ]);
  const called = stateful();
  called.graph.nodes.one = {
    ...(called.graph.nodes.one as Node),
    kind: 'iterate',
    params: { block: 'reader', carry: 0 },
  };
  called.graph.nodes.two = { ...(called.graph.nodes.two as Node), muted: true };
  expect(codes(called)).toEqual(['not-callable@one/read']);
  expect(codes(mended(called, 'not-callable'))).toEqual([]);
});

test.each([
  ['conv-1d', { filters: 4, kernel: [2], padding: 'same' }, /Set Padding of r to Causal/],
  ['gru', { units: 4, gives: 'every', backwards: true }, /Set Backwards of r to off/],
])('a %s that looks ahead is kept from it by a setting', (kind, params, title) => {
  const document = writing();
  const { graph } = required(document.blocks.decoder, 'decoder');
  graph.nodes.r = { kind, version: 1, name: 'r', params };
  const found = compiled(document).diagnostics.find(({ code }) => code === 'not-causal');
  expect(found?.fix?.title).toMatch(title);
  expect(codesOf(compiled(mended(document, 'not-causal')))).not.toContain('not-causal@say/r');
});

test('what is fitted to data needs weights from where the data is', () => {
  const document = monteCarlo();
  const { net } = document.blocks;
  if (!net) throw new Error('no block');
  net.graph.nodes.norm = { kind: 'normalise', version: 1, name: 'norm', params: {} };
  for (const edge of Object.values(net.graph.edges)) if (edge.to[0] === 'f') edge.to = ['norm', 'x'];
  net.graph.edges.n = { from: ['norm', 'y'], to: ['f', 'x'] };
  sound(document);
  const wire = Object.entries(document.graph.edges).find(([, { to }]) => to[1] === 'weights')?.[0] ?? '';
  delete document.graph.edges[wire];
  expect(codesOf(compiled(document))).toEqual(['not-callable@ask/norm']);
});

test('the checker finds what is wrong with a body', () => {
  const broken = (change: (program: Program) => void): string => {
    const program = structuredClone(programOf(recurrence()));
    change(program);
    return checkProgram(program, context.kinds).join('\n');
  };
  const body = (program: Program) => program.bodies.it as Program['bodies'][string];
  const caller = (program: Program) => program.ops.find(({ id }) => id === 'it') as Program['ops'][number];
  expect(broken((program) => delete program.bodies.it)).toContain('it has no body of its own');
  expect(broken((program) => body(program).ops.shift())).toContain('body it reads it/e.y from outside');
  expect(broken((program) => body(program).ops.reverse())).toContain('from outside');
  expect(broken((program) => body(program).outputs.push({ port: 'z', value: 'L.loss' }))).toContain('does not make');
  expect(
    broken((program) => {
      caller(program).uses = {};
    }),
  ).toContain('it uses not what body it does');
  expect(
    broken((program) => {
      caller(program).numbers = {};
    }),
  ).toContain('reads it/rate.value from outside');
  expect(
    broken((program) => {
      program.bodies.o = body(program);
    }),
  ).toContain('nothing calls body o');
});

test('what does not fit is said at its place, once', () => {
  const carried = monteCarlo();
  const ask = carried.graph.nodes.ask;
  if (ask) ask.params = { ...ask.params, carry: 1 };
  expect(codesOf(compiled(carried))).toEqual(['shape-mismatch@ask']);
  if (ask) ask.params = { ...ask.params, carry: 2 };
  expect(codesOf(compiled(carried))).toEqual(['param-range@ask']);
  const lost = monteCarlo();
  if (lost.graph.nodes.ask) lost.graph.nodes.ask.params = { block: 'gone' };
  expect(codesOf(compiled(lost))).toContain('unknown-kind@ask');
  const open = recurrence();
  const block = open.blocks.step;
  if (block)
    block.graph.edges = Object.fromEntries(Object.entries(block.graph.edges).filter(([, { to }]) => to[0] !== '$out'));
  expect(codesOf(compiled(open))).toContain('input-missing@it');
  const unwired = recurrence();
  unwired.graph.edges = Object.fromEntries(Object.entries(unwired.graph.edges).filter(([, { to }]) => to[0] !== 'it'));
  expect(codesOf(compiled(unwired)).filter((code) => code.startsWith('input-missing'))).toEqual(['input-missing@it']);
});

test('a block cannot call itself, and holds nothing but what can run at each call', () => {
  const document = buildDocument({
    blocks: {
      a: {
        nodes: { again: ['iterate', { block: 'a' }] },
        wires: [
          ['$in.x', 'again'],
          ['again', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
      },
      b: {
        nodes: { data: ['dataset', { dataset: 'iris' }], sum: ['add'], watch: ['mean-metric'] },
        wires: [
          ['$in.x', 'sum'],
          ['data.features', 'sum'],
          ['sum', 'watch'],
          ['sum', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
      },
    },
    nodes: { d: ['dataset', { dataset: 'iris' }], it: ['iterate', { block: 'b' }], out: ['output'] },
    wires: [
      ['d.features', 'it'],
      ['it', 'out'],
    ],
  });
  expect(codesOf(compiled(document)).filter((code) => code.startsWith('not-callable'))).toEqual([
    'not-callable@it/data',
    'not-callable@it/watch',
  ]);
  const it = document.graph.nodes.it;
  if (it) it.params = { block: 'a' };
  expect(codesOf(compiled(document))).toEqual(['block-recursion@it/again']);
});
