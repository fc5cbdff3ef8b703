import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import { architectureSearch } from '@/tests/helpers/caller-documents';
import { codesOf, compiled, context, programOf, sketch } from '@/tests/helpers/compile-context';

test('nas: fetch writes rows of tokens and trains the children, no sweep asks for any', () => {
  const program = programOf(architectureSearch());
  expect(compiled(architectureSearch()).diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect(checkProgram(program, context.kinds)).toEqual([]);
  const weights = ['e#table', 'r#kernel', 'r#recurrent_kernel', 'r#bias', 'scores#kernel', 'scores#bias'];
  expect(sketch(program)).toEqual([
    'fetch k R keeps R.y k.y',
    `upd opt[L.loss | ${weights.map((id) => `Q/${id}`).join(' ')} | base#mean by base base#weight by base] folds reward loss`,
    'iteration: emit pop()',
  ]);
  expect(program.tasks.at(-1)).toMatchObject({ do: 'emit', of: 'R', ops: [], in: {} });
  expect(program.values['R.y']).toEqual({ shape: [4], dtype: 'float32', meaning: 'reward' });
});

test('a child must be a document with the params that tokens choose', () => {
  const refused = (set: Record<string, unknown>) => {
    const document = architectureSearch();
    const { R } = document.graph.nodes;
    if (R) R.params = { ...R.params, ...(set as typeof R.params) };
    return compiled(document).diagnostics.filter(({ at }) => at.node === 'R' && at.param !== undefined);
  };
  expect(refused({ document: null })[0]).toMatchObject({ code: 'document-invalid', at: { param: 'document' } });
  const odd = { graph: { nodes: { a: null } }, blocks: {}, params: {} };
  expect(refused({ document: odd })[0]).toMatchObject({ code: 'document-invalid', at: { param: 'document' } });
  expect(refused({ document: JSON.parse(JSON.stringify(architectureSearch())) })[0]?.message).toContain('of its own');
  expect(refused({ space: 'many' })[0]).toMatchObject({ code: 'param-range', at: { param: 'space' } });
  expect(refused({ space: [{ param: 'depth', values: [1] }] })[0]?.message).toContain('no param depth');
  const short = architectureSearch();
  if (short.graph.nodes.k) short.graph.nodes.k.params.length = 3;
  expect(codesOf(compiled(short))).toContain('shape-mismatch@R');
});

test('a population is that of a search, not of rewards from elsewhere', () => {
  const document = architectureSearch();
  document.graph.edges.n7 = { from: ['better', 'y'], to: ['pop', 'scores'] };
  const found = compiled(document).diagnostics.filter(({ at }) => at.node === 'pop');
  expect(found).toMatchObject([
    { code: 'port-type', at: { port: 'scores', edge: 'n7' }, fix: { title: 'Remove the wire' } },
  ]);
});
