import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import type { Document } from '@/lib/graph/document';
import { buildDocument } from '@/tests/helpers/build-document';
import { codesOf, compiled, context, mended, programOf, sketch } from '@/tests/helpers/compile-context';
import { adversarial, kernelGradient, spectralCritic, wganGp } from '@/tests/helpers/gradient-documents';

const sound = (document: Document) => {
  const program = programOf(document);
  expect(checkProgram(program, context.kinds)).toEqual([]);
  expect(compiled(document).diagnostics).toEqual([]);
  return program;
};

const regionsOf = (document: Document): Record<string, string[]> => {
  const program = sound(document);
  const ops = [...program.ops, ...Object.values(program.bodies).flatMap((body) => body.ops)];
  return Object.fromEntries(ops.flatMap(({ id, region }) => (region ? [[id, region]] : [])));
};

const param = (document: Document, id: string, key: string, value: string, graph = document.graph): void => {
  const node = graph.nodes[id];
  if (node) node.params = { ...node.params, [key]: value };
};

test('wgan-gp: the critic learns through its own gradient, the generator follows every fifth iteration', () => {
  expect(sketch(sound(wganGp()))).toEqual([
    'fetch d e z keeps d.point e.y z.y',
    'upd oD[Ld.loss | Dr/f#kernel Dr/f#bias Dr/norm#gamma Dr/norm#beta Dr/g#kernel Dr/g#bias Dr/o#kernel Dr/o#bias | ] folds gan-loss-2 as-loss loss',
    'every 5: upd oG[Lg.loss | G/h#kernel G/h#bias G/bn#gamma G/bn#beta G/o#kernel G/o#bias | G/bn#moving_mean by G/bn G/bn#moving_variance by G/bn] folds gan-loss',
    'validation: sweep validation{gan-loss gan-loss-2 as-loss loss}',
    'end: sweep test{gan-loss gan-loss-2 as-loss loss}',
  ]);
});

test('only the critic’s step moves the vectors of its spectral norm: for real, fake and mixed points, in turn', () => {
  const updates = sound(spectralCritic()).tasks.filter((task) => task.do === 'update');
  const moved = updates.map(({ writes }) =>
    writes.filter(({ slot }) => slot === 'vector_u').map(({ variable, by }) => `${variable} by ${by}`),
  );
  const each = (layer: string) => ['Dr', 'Df', 'Dx'].map((by) => `Dr/${layer}#vector_u by ${by}/${layer}`);
  expect(moved.map((all) => all.sort())).toEqual([['f', 'g', 'o'].flatMap(each).sort(), []]);
});

test('adversarial: one update with the fast attack in it; the attack in steps is in sweeps alone', () => {
  const program = sound(adversarial());
  expect(sketch(program)).toEqual([
    'fetch d keeps d.features d.label',
    'upd opt[L.loss | C/f#kernel C/f#bias C/bn#gamma C/bn#beta C/o#kernel C/o#bias | C/bn#moving_mean by C/bn C/bn#moving_variance by C/bn C/bn#moving_mean by C2/bn C/bn#moving_variance by C2/bn] folds cross-entropy accuracy cross-entropy-2 fgsm loss',
    'validation: sweep validation{cross-entropy accuracy cross-entropy-2 fgsm loss robust}',
    'end: sweep test{cross-entropy accuracy cross-entropy-2 fgsm loss robust}',
  ]);
  const update = program.tasks.find((task) => task.do === 'update');
  expect(update?.do === 'update' && update.ops).not.toContain('p');
});

test('a region is what a gradient flows through on its way back', () => {
  expect(regionsOf(wganGp())).toEqual({ g: ['Dx/f', 'Dx/norm', 'Dx/drop', 'Dx/g', 'Dx/o'] });
  expect(regionsOf(adversarial())).toEqual({
    g: ['C/f', 'C/bn', 'C/drop', 'C/o', 'J'],
    'p/g': ['p/C/f', 'p/C/bn', 'p/C/drop', 'p/C/o', 'p/J'],
  });
  // Of a kernel: from the first layer that uses it, and past a caller as one op.
  expect(regionsOf(kernelGradient())).toEqual({ gk: ['f', 'again', 'it', 'o', 'J'], gx: ['it', 'o', 'J'] });
  const beside = wganGp();
  // What goes in beside is in no region.
  beside.graph.nodes.side = { kind: 'add', version: 1, name: 'side', params: {} };
  const [wire] = Object.entries(beside.graph.edges).find(([, { to }]) => to[0] === 'g' && to[1] === 'of') ?? [''];
  beside.graph.edges[wire] = { from: ['side', 'y'], to: ['g', 'of'] };
  beside.graph.edges.s1 = { from: ['Dx', 'y'], to: ['side', 'x'], order: 'A' };
  beside.graph.edges.s2 = { from: ['Dr', 'y'], to: ['side', 'x'], order: 'B' };
  expect(regionsOf(beside).g).toEqual(['Dx/f', 'Dx/norm', 'Dx/drop', 'Dx/g', 'Dx/o', 'side']);
});

test('the checker finds a region that is too small, too large or not there', () => {
  const change = (region: string[] | undefined) => {
    const program = programOf(wganGp());
    const ops = program.ops.map((op) => {
      if (op.id !== 'g') return op;
      const { region: _, ...rest } = op;
      return region ? { ...rest, region } : rest;
    });
    return checkProgram({ ...program, ops }, context.kinds);
  };
  const whole = ['Dx/f', 'Dx/norm', 'Dx/drop', 'Dx/g', 'Dx/o'];
  expect(change(whole)).toEqual([]);
  for (const wrong of [whole.slice(1), [...whole, 'Df/o'], [...whole].reverse(), undefined])
    expect(change(wrong)).toHaveLength(1);
});

test('a wire that does not lead there is said, with those that do', () => {
  const document = adversarial();
  const [wire] = Object.entries(document.graph.edges).find(([, { to }]) => to[0] === 'g' && to[1] === 'wrt') ?? [''];
  document.graph.edges[wire] = { from: ['C2', 'y'], to: ['g', 'wrt'] };
  // C2 hangs on the gradient itself: that would be a circle. Another end of the graph is only not upstream.
  document.graph.edges[wire] = { from: ['z', 'y'], to: ['g', 'wrt'] };
  document.graph.nodes.z = { kind: 'noise', version: 1, name: 'z', params: { shape: [4] } };
  expect(codesOf(compiled(document))).toContain('wrt-not-upstream@g');
  const again = mended(document, 'wrt-not-upstream');
  expect(Object.values(again.graph.edges)).toContainEqual({ from: ['d', 'features'], to: ['g', 'wrt'] });
  expect(codesOf(compiled(again)).filter((code) => !code.startsWith('dead-node'))).toEqual([]);
  // Class numbers pass no gradient on.
  const stopped = adversarial();
  const [of] = Object.entries(stopped.graph.edges).find(([, { to }]) => to[0] === 'g' && to[1] === 'of') ?? [''];
  stopped.graph.nodes.best = { kind: 'argmax', version: 1, name: 'best', params: {} };
  stopped.graph.edges.b = { from: ['C', 'y'], to: ['best', 'x'] };
  stopped.graph.edges[of] = { from: ['best', 'y'], to: ['g', 'of'] };
  expect(codesOf(compiled(stopped))).toContain('dtype-mismatch@g');
});

/** A critic of pictures with a gradient penalty, or without anything to learn through it. */
const pictures = (
  nodes: Record<string, [string, Record<string, string | number>?]>,
  use = 'differentiable',
): Document => {
  const chain = Object.keys(nodes);
  return buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'digits' }],
      c: ['conv-2d', { filters: 4, activation: 'relu' }],
      ...nodes,
      flat: ['flatten'],
      o: ['dense', { units: 1 }],
      g: ['gradient', { use }],
      sq: ['square'],
      P: ['as-loss'],
      M: ['as-loss'],
      L: ['loss-sum'],
      opt: ['adam'],
      T: ['training', { lengthBy: 'iterations', iterations: 3 }],
      out: ['output'],
    },
    wires: [
      ['d.image', 'c'],
      ...['c', ...chain].map((from, i): [string, string] => [from, chain[i] ?? 'flat']),
      ['flat', 'o'],
      ['o', 'g.of'],
      ['d.image', 'g.wrt'],
      ['g', 'sq'],
      ['sq', 'P'],
      ['o', 'M'],
      ['P.loss', 'L.losses'],
      ['M.loss', 'L.losses'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['o', 'out'],
    ],
  });
};

test('what cannot be differentiated twice is refused where something learns through it, and only there', () => {
  const document = pictures({ pool: ['max-pool-2d'] });
  expect(codesOf(compiled(document))).toEqual(['not-second-order@pool']);
  sound(mended(document, 'not-second-order'));
  sound(pictures({ pool: ['average-pool-2d'] }));
  sound(pictures({ pool: ['max-pool-2d'] }, 'constant'));
});

test('one gradient an example through batch norm is warned of', () => {
  const document = pictures({ bn: ['batch-norm', { momentum: 0.9 }] });
  expect(codesOf(compiled(document))).toEqual(['batchnorm-mixes-examples@bn']);
  expect(programOf(document).ops.map(({ id }) => id)).toContain('g');
  const again = mended(document, 'batchnorm-mixes-examples');
  expect(again.graph.nodes.bn?.kind).toBe('layer-norm');
  sound(again);
  // The gradient of a loss is one gradient of the whole batch.
  sound(adversarial());
});

test('an optimizer that could only learn through a constant gradient is told so', () => {
  const document = pictures({});
  param(document, 'g', 'use', 'constant');
  const wire = Object.entries(document.graph.edges).find(([, { from }]) => from[0] === 'M')?.[0] ?? '';
  delete document.graph.edges[wire];
  expect(codesOf(compiled(document))[0]).toBe('no-gradient-path@g');
  expect(codesOf(compiled(mended(document, 'no-gradient-path')))).toEqual([]);
});
