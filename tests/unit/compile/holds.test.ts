import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import { buildDocument, type DocumentSketch } from '@/tests/helpers/build-document';
import { codesOf, compiled, context, programOf, sketch } from '@/tests/helpers/compile-context';
import { heldDocument } from '@/tests/helpers/fold-documents';

test('what is fitted comes first, each after what it is measured behind; what is held for an epoch opens it', () => {
  const program = programOf(heldDocument());
  expect(checkProgram(program, context.kinds)).toEqual([]);
  expect(sketch(program).slice(0, 5)).toEqual([
    'start: sweep train{classes: held}',
    'start: sweep train{normalise.fit}',
    'start: sweep train{again.fit}',
    'epoch: sweep train{rare: held}',
    'fetch data keeps data.features data.label',
  ]);
  const rare = program.tasks.find((task) => task.do === 'sweep' && task.folds.includes('rare'));
  expect(rare?.do === 'sweep' && rare.ops).toEqual(['data', 'normalise', 'encode', 'again']);
  expect(program.values['rare.y']?.shape).toEqual(['examples']);
  expect(program.values['classes.y']?.shape).toEqual([3]);
  expect(program.ops.find(({ id }) => id === 'data')?.in).toEqual({ sampling: ['rare.y'] });
  expect(program.variables.filter(({ role }) => role === 'fitted').map(({ id }) => id)).toEqual([
    'normalise#mean',
    'normalise#variance',
    'normalise#count',
    'again#mean',
    'again#variance',
    'again#count',
  ]);
});

const classifier: Pick<DocumentSketch, 'nodes' | 'wires'> = {
  nodes: {
    d: ['dataset', { dataset: 'wine' }],
    norm: ['normalise'],
    h: ['dense', { units: 3 }],
    L: ['cross-entropy'],
    opt: ['adam'],
    T: ['training'],
  },
  wires: [
    ['d.features', 'norm'],
    ['norm', 'h'],
    ['h', 'L.logits'],
    ['d.label', 'L.labels'],
    ['L.loss', 'opt.loss'],
    ['opt.step', 'T.steps'],
  ],
};

/** The classifier with more nodes and wires; a wire to a port that has one takes its place. */
function withMore(more: Pick<DocumentSketch, 'nodes' | 'wires'>) {
  const taken = new Set(more.wires.map(([, to]) => to));
  return buildDocument({
    nodes: { ...classifier.nodes, ...more.nodes },
    wires: [...classifier.wires.filter(([, to]) => !taken.has(to)), ...more.wires],
  });
}

test('shared statistics are measured once, where they are owned', () => {
  const program = programOf(
    withMore({
      nodes: { same: ['normalise'], m: ['mean-metric'] },
      wires: [
        ['d.features', 'same'],
        ['norm.weights', 'same.weights'],
        ['same', 'm'],
      ],
    }),
  );
  expect(sketch(program)[0]).toBe('start: sweep train{norm.fit}');
  expect(program.tasks.filter((task) => task.do === 'sweep' && task.split === 'train')).toHaveLength(1);
  expect(program.ops.find(({ id }) => id === 'same')?.uses.mean).toBe('norm#mean');
});

test('what nobody evaluates is not fitted, and a held value that nobody reads is a dead node', () => {
  const document = withMore({
    nodes: { loose: ['normalise'], w: ['class-weight'] },
    wires: [
      ['d.features', 'loose'],
      ['d.label', 'w.labels'],
    ],
  });
  const result = compiled(document);
  expect(codesOf(result)).toEqual(['dead-node@loose', 'dead-node@w']);
  expect(sketch(programOf(document)).filter((line) => line.includes('train'))).toEqual([
    'start: sweep train{norm.fit}',
  ]);
});

test('a value that is known only when an epoch begins is too late for what is fitted at the start', () => {
  const document = withMore({
    nodes: { rare: ['latent-resampling'], by: ['multiply'], mean: ['reduce'] },
    wires: [
      ['d.features', 'rare.mu'],
      ['rare', 'mean'],
      ['d.features', 'by'],
      ['mean', 'by'],
      ['by', 'norm'],
    ],
  });
  const { diagnostics } = compiled(document);
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]).toMatchObject({ code: 'held-late', severity: 'error', at: { node: 'norm' } });
  expect(diagnostics[0]?.message).toContain('rare');
});

test('a held value cannot be measured on what it changes itself', () => {
  const document = withMore({
    nodes: { rare: ['latent-resampling'], mean: ['reduce'], by: ['multiply'] },
    wires: [
      ['by', 'rare.mu'],
      ['rare', 'mean'],
      ['d.features', 'by'],
      ['mean', 'by'],
      ['by', 'norm'],
    ],
  });
  const { diagnostics } = compiled(document);
  expect(diagnostics.map(({ code, at }) => `${code}@${at.node}`)).toContain('cycle@rare');
});

test.each([
  ['a tensor of a batch', ['h', 'd.sampling'], 'cycle@d'],
  ['a constant', ['c', 'd.sampling'], 'port-type@d'],
] as const)('sampling weights are held values, not %s', (_, wire, code) => {
  const document = withMore({
    nodes: { c: ['constant', { value: [1, 2, 3] }] },
    wires: [[wire[0], wire[1]]],
  });
  const result = compiled(document);
  expect(codesOf(result)).toContain(code);
});

test('sampling weights of another data set do not go with this one', () => {
  const document = withMore({
    nodes: { other: ['dataset', { dataset: 'iris' }], rare: ['latent-resampling'] },
    wires: [
      ['other.features', 'rare.mu'],
      ['rare', 'd.sampling'],
    ],
  });
  expect(codesOf(compiled(document))).toContain('unpaired-fields@d');
});
