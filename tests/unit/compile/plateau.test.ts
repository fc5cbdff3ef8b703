import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import { buildDocument } from '@/tests/helpers/build-document';
import { codesOf, compiled, context, programOf, sketch } from '@/tests/helpers/compile-context';
import { plateauDocument } from '@/tests/helpers/fold-documents';

test('clocks follow metrics of the validation sweep, and a metric may hang on the clock that follows it', () => {
  expect(compiled(plateauDocument()).diagnostics).toEqual([]);
  const program = programOf(plateauDocument());
  expect(checkProgram(program, context.kinds)).toEqual([]);
  expect(sketch(program).slice(0, 2)).toEqual([
    'fetch d light slow keeps d.features d.label light.value slow.value',
    'upd opt[S.loss | h#kernel h#bias | ] folds weight-penalty cross-entropy accuracy loss',
  ]);
  const follows = (path: string) => program.ops.find(({ id }) => id === path);
  expect(follows('slow')).toMatchObject({ in: {}, follows: { metric: 'val.accuracy', better: 'higher' } });
  expect(follows('light')).toMatchObject({ in: {}, follows: { metric: 'val.loss', better: 'lower' } });
});

test('what follows nothing, or what is not validated, is told', () => {
  const open = plateauDocument();
  for (const [id, edge] of Object.entries(open.graph.edges)) if (edge.to[1] === 'metric') delete open.graph.edges[id];
  expect(codesOf(compiled(open))).toEqual(['input-missing@light', 'input-missing@slow']);
  const blind = compiled(plateauDocument(), {
    datasets: { ...context.datasets, iris: withoutValidation(context.datasets.iris) },
  });
  // One command mends both.
  expect(codesOf(blind)).toEqual(['no-validation@light']);
  expect(blind.program?.ops.some(({ follows }) => follows !== undefined)).toBe(false);
});

test('the checker finds a clock that follows what is not measured', () => {
  const program = structuredClone(programOf(plateauDocument()));
  const slow = program.ops.find(({ id }) => id === 'slow');
  if (slow) slow.follows = { metric: 'val.other', better: 'lower' };
  expect(checkProgram(program, context.kinds)).toEqual(['slow follows val.other, which no validation measures']);
});

type Card = (typeof context.datasets)[string];

const withoutValidation = (card: Card | undefined): Card => ({
  ...(card as Card),
  counts: { ...(card as Card).counts, validation: 0 },
});

test('a number that follows a metric cannot choose a branch', () => {
  const document = buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'iris' }],
      a: ['dense', { units: 3 }],
      b: ['dense', { units: 3 }],
      which: ['switch', {}, { promoted: ['index'] }],
      L: ['cross-entropy'],
      step: ['plateau'],
      opt: ['sgd'],
      T: ['training'],
    },
    wires: [
      ['d.features', 'a'],
      ['d.features', 'b'],
      ['a', 'which'],
      ['b', 'which'],
      ['step.value', 'which.param:index'],
      ['which', 'L.logits'],
      ['d.label', 'L.labels'],
      ['L.loss', 'step.metric'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
    ],
  });
  expect(codesOf(compiled(document))).toContain('switch-index@which');
});
