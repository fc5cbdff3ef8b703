import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import type { Fetch, Op, Program, Sweep, Update } from '@/lib/compile/program';
import { context, programOf } from '@/tests/helpers/compile-context';
import { gan } from '@/tests/helpers/example-documents';

const op = (program: Program, id: string): Op => {
  const found = program.ops.find((each) => each.id === id);
  if (!found) throw new Error(`no op ${id}`);
  return found;
};
const fetchOf = (program: Program) => program.tasks[0] as Fetch;
const update = (program: Program, id: string) => program.tasks.find((task) => 'id' in task && task.id === id) as Update;
const sweep = (program: Program) => program.tasks.find((task) => task.do === 'sweep') as Sweep;

/** What breaks a program, by the item of docs/programs.md section 7, and what the checker says to it. */
const BREAKAGES: [string, (program: Program) => void, RegExp][] = [
  ['1: an op twice', (program) => program.ops.push(op(program, 'z')), /z is there twice/],
  ['1: a variable twice', (program) => program.variables.push(...program.variables.slice(0, 1)), /is there twice/],
  [
    '1: an input that nobody gives',
    (program) => Object.assign(op(program, 'Ld').in, { x: ['ghost.y'] }),
    /reads ghost\.y/,
  ],
  ['1: a value without spec', (program) => delete program.values['z.y'], /z\.y has no spec/],
  ['1: ops out of order', (program) => program.ops.reverse(), /no op before it gives/],
  [
    '1: a slice with too much',
    (program) => update(program, 'oG').ops.unshift('Dr/h'),
    /update oG runs Dr\/h for nothing/,
  ],
  ['1: a slice with too little', (program) => sweep(program).ops.shift(), /sweep validation lacks/],
  ['1: a fold that is not there', (program) => sweep(program).folds.push('ghost'), /measures ghost/],
  ['1: a missing variable', (program) => program.variables.shift(), /which is not there/],
  ['2: frozen weights', (program) => Object.assign(program.variables[0] ?? {}, { frozen: true }), /not trainable/],
  ['2: weights out of reach', (program) => update(program, 'oG').weights.push('ghost#kernel'), /ghost#kernel/],
  [
    '2: a carry with two writers',
    (program) => update(program, 'oG').writes.push(...update(program, 'oD').writes.slice(2)),
    /is written by oD and oG/,
  ],
  [
    '2: together, but not disjoint',
    (program) => {
      program.run.updates = 'together';
      update(program, 'oG').weights.push('Dr/h#kernel');
    },
    /trained by oD and oG together/,
  ],
  ['3: a source that is not fetched', (program) => fetchOf(program).sources.pop(), /z/],
  ['3: a value that is not kept', (program) => fetchOf(program).keep.shift(), /d\.point, which fetch does not keep/],
  [
    '4: a function with a source',
    (program) => program.functions[0]?.ops.unshift('z'),
    /function generate holds the source z/,
  ],
  [
    '5: a size that is not known',
    (program) => Object.assign(program.values['Dr/h.y'] ?? {}, { shape: ['batch', null] }),
    /no fixed shape/,
  ],
  ['5: a symbol without a size', (program) => delete program.symbols.batch, /no fixed shape/],
  [
    '5: a number driven by a tensor',
    (program) => Object.assign(op(program, 'G/bn').numbers, { momentum: 'z.y' }),
    /driven by z\.y, which is no clock/,
  ],
  [
    '6: two variables with one random start',
    (program) => Object.assign(program.variables[0]?.init ?? {}, { key: program.variables[2]?.id }),
    /starts with the key of/,
  ],
  ['6: a body that is not there', (program) => Object.assign(op(program, 'Ld'), { body: 'b9' }), /has no body/],
];

test('the untouched program is sound', () => {
  expect(checkProgram(programOf(gan()), context.kinds)).toEqual([]);
});

test.each(BREAKAGES)('finds %s', (_, damage, violation) => {
  const program = structuredClone(programOf(gan()));
  damage(program);
  expect(checkProgram(program, context.kinds).join('\n')).toMatch(violation);
});
