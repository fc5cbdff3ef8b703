import { expect, test } from 'vitest';
import { rowByRow, TrainingRows } from '@/lib/engine/batches';
import { makeCalendar } from '@/lib/engine/calendar';
import { stateful } from '@/tests/helpers/caller-documents';
import { programOf } from '@/tests/helpers/programs';

test('each row of a batch goes on where it was, and what is left over comes last', () => {
  expect([...rowByRow(11, 3)]).toEqual([0, 3, 6, 1, 4, 7, 2, 5, 8, 9, 10]);
  expect([...rowByRow(2, 5)]).toEqual([0, 1]);
});

test.each([
  [
    'stored',
    [
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
      [0, 1, 2, 3],
    ],
  ],
  [
    'rows',
    [
      [0, 2, 4, 6],
      [1, 3, 5, 7],
      [8, 9],
      [0, 2, 4, 6],
    ],
  ],
] as const)('examples in order (%s), epoch after epoch', (order, expected) => {
  const program = programOf(stateful(order));
  program.symbols.batch = 4;
  const d = program.ops.find(({ id }) => id === 'd');
  if (!d) throw new Error('no data');
  const calendar = makeCalendar(program, new Map([['d', { card: { counts: { train: 10 } } as never }]]));
  const rows = new TrainingRows(3, 'd');
  const batches = expected.map((_, i) => [...rows.rows(d, 10, calendar.moment(i), calendar.batch)]);
  expect(batches).toEqual(expected);
});
