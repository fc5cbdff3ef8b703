import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import type { Document } from '@/lib/graph/document';
import { codesOf, compiled, context, programOf } from '@/tests/helpers/compile-context';
import { averageDocument } from '@/tests/helpers/fold-documents';

test('averages start as copies, move with the update that trains what they follow, and copy its statistics', () => {
  const result = compiled(averageDocument());
  expect(result.diagnostics).toEqual([]);
  const program = programOf(averageDocument());
  expect(checkProgram(program, context.kinds)).toEqual([]);
  const [update] = program.tasks.filter((task) => task.do === 'update');
  expect(update?.averages).toContainEqual({ variable: 'slow/h#kernel', of: 'G/h#kernel', decay: 0.8 });
  expect(update?.averages).toContainEqual({ variable: 'slower/h#kernel', of: 'slow/h#kernel', decay: 'ramp.value' });
  expect(update?.averages).toContainEqual({ variable: 'slow/bn#moving_mean', of: 'G/bn#moving_mean', decay: 0 });
  expect(update?.averages).toHaveLength(2 * 8);
  expect(program.variables.find(({ id }) => id === 'slower/o#bias')).toMatchObject({
    name: 'slower/o/bias',
    role: 'average',
    init: { by: 'copy', of: 'slow/o#bias' },
  });
  // Fitted statistics are those of the original.
  expect(program.ops.find(({ id }) => id === 'F/fit')?.uses.mean).toBe('G/fit#mean');
  expect(program.ops.find(({ id }) => id === 'F/h')?.uses.kernel).toBe('slower/h#kernel');
  expect(program.tasks.find((task) => task.do === 'fetch')).toMatchObject({ ops: ['ramp'] });
  expect(result.totals.parameters).toBe(4 + 4 + 1 + (4 * 4 + 4) + 4 * 4 + (4 * 3 + 3));
});

test('an average that nothing computes with is not kept', () => {
  const document = averageDocument();
  cut(document, 'slower', 'F');
  for (const id of ['F', 'accF', 'out']) delete document.graph.nodes[id];
  for (const [id, edge] of Object.entries(document.graph.edges))
    if (['F', 'accF', 'out'].includes(edge.from[0]) || ['F', 'accF', 'out'].includes(edge.to[0]))
      delete document.graph.edges[id];
  const program = programOf(document);
  const [update] = program.tasks.filter((task) => task.do === 'update');
  expect(update?.averages.map(({ variable }) => variable)).toEqual(
    expect.not.arrayContaining([expect.stringContaining('slower')]),
  );
  expect(program.variables.filter(({ id }) => id.startsWith('slower'))).toEqual([]);
  expect(checkProgram(program, context.kinds)).toEqual([]);
});

test('an average of its own average has no owner, one of nothing is told so', () => {
  const circle = averageDocument();
  cut(circle, 'G', 'slow');
  circle.graph.edges.back = { from: ['slower', 'weights'], to: ['slow', 'weights'] };
  expect(codesOf(compiled(circle))).toContain('weights-cycle@E');
  const open = averageDocument();
  cut(open, 'G', 'slow');
  expect(codesOf(compiled(open)).filter((code) => code.includes('slow'))).toEqual(['input-missing@slow']);
});

test('an average of another kind of network does not fit', () => {
  const document = averageDocument();
  cut(document, 'G', 'slow');
  document.graph.nodes.odd = { kind: 'dense', version: 1, name: 'odd', params: { units: 2 } };
  document.graph.edges.o1 = { from: ['d', 'features'], to: ['odd', 'x'] };
  document.graph.edges.o2 = { from: ['odd', 'weights'], to: ['slow', 'weights'] };
  expect(codesOf(compiled(document))).toContain('weights-differ@E');
});

test('an optimizer cannot be given averaged weights', () => {
  const document = averageDocument();
  document.graph.edges.choose = { from: ['E', 'weights'], to: ['opt', 'weights'] };
  expect(codesOf(compiled(document))).toContain('no-weights@opt');
});

function cut(document: Document, from: string, to: string): void {
  for (const [id, edge] of Object.entries(document.graph.edges))
    if (edge.from[0] === from && edge.to[0] === to) delete document.graph.edges[id];
}
