import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import { codesOf, compiled, context, programOf, sketch } from '@/tests/helpers/compile-context';
import { penalised } from '@/tests/helpers/gradient-documents';

test('a penalty reads the weights that are trained behind its wires, and is counted as nobody’s', () => {
  expect(compiled(penalised()).diagnostics).toEqual([]);
  const program = programOf(penalised());
  expect(checkProgram(program, context.kinds)).toEqual([]);
  const ids = ['w1/h#kernel', 'w1/h#bias', 'w1/o#kernel', 'w1/o#bias'];
  expect(program.ops.find(({ id }) => id === 'P')?.uses).toEqual(Object.fromEntries(ids.map((id) => [id, id])));
  expect(sketch(program).find((line) => line.startsWith('upd'))).toContain(`| ${ids.join(' ')} o#kernel o#bias |`);
  expect(compiled(penalised()).nodes.P).toMatchObject({ parameters: 0, trainableParameters: 0 });
});

test('a penalty alone trains what it reads', () => {
  const document = penalised();
  for (const edge of Object.values(document.graph.edges)) if (edge.from[0] === 'L') edge.from = ['P', 'loss'];
  const [update] = programOf(document).tasks.filter((task) => task.do === 'update');
  expect(update?.ops).toEqual(['P']);
  expect(update?.weights).toHaveLength(4);
});

test('a penalty of nothing asks for weights', () => {
  const document = penalised();
  for (const [id, edge] of Object.entries(document.graph.edges))
    if (edge.to[0] === 'P' && edge.to[1] === 'weights') delete document.graph.edges[id];
  expect(codesOf(compiled(document))).toContain('input-missing@P');
});
