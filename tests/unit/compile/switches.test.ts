import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import { liveKey, liveProgram } from '@/lib/engine/live-program';
import type { Document } from '@/lib/graph/document';
import { codesOf, compiled, context, programOf, sketch } from '@/tests/helpers/compile-context';
import { growingDocument } from '@/tests/helpers/fold-documents';

test('a program holds all branches; at a moment, only the live ones', () => {
  const program = programOf(growingDocument());
  expect(compiled(growingDocument()).diagnostics).toEqual([]);
  expect(checkProgram(program, context.kinds)).toEqual([]);
  const at = (stage: number, inner: number) => {
    const clocks = new Map([
      ['s.stage', stage],
      ['twice/when.stage', inner],
    ]);
    const live = liveProgram(program, context.kinds, clocks);
    return {
      live,
      key: liveKey(program, context.kinds, clocks),
      update: sketch(live).find((line) => line.includes('upd')),
    };
  };
  const first = at(0, 0);
  expect(first.update).toBe(
    'upd opt[L.loss | twice/less#kernel twice/less#bias twice/more#kernel twice/more#bias G/base#kernel G/base#bias G/first#kernel G/first#bias | ] folds loss accuracy averages ema/base#kernel of G/base#kernel by 0.5 averages ema/base#bias of G/base#bias by 0.5 averages ema/first#kernel of G/first#kernel by 0.5 averages ema/first#bias of G/first#bias by 0.5',
  );
  const body = first.live.bodies.twice?.ops.map(({ id }) => id);
  expect(body).toEqual(['twice/less', 'twice/choose']);
  const fading = at(1, 1);
  const slice = fading.live.tasks.find((task) => task.do === 'update')?.ops;
  expect(slice).toEqual(expect.arrayContaining(['G/first', 'G/deeper', 'G/bn', 'G/second', 'G/fade']));
  expect(fading.live.bodies.twice?.ops.map(({ id }) => id)).toEqual(['twice/more', 'twice/choose']);
  const last = at(2, 1);
  expect(last.update).not.toContain('G/first');
  expect(last.update).toContain('G/bn#moving_mean by G/bn');
  expect(new Set([first.key, fading.key, last.key]).size).toBe(3);
});

test('stages must be whole numbers that all have a branch', () => {
  const four = growingDocument();
  const stages = four.graph.nodes.s;
  if (stages) stages.params.lengths = [1, 1, 1, 1];
  expect(codesOf(compiled(four))).toEqual(['switch-index@E/choose']);
  const gradual = growingDocument();
  for (const edge of Object.values(gradual.graph.edges)) if (edge.from[1] === 'stage') edge.from = ['s', 'alpha'];
  expect(codesOf(compiled(gradual))).toEqual(['switch-index@E/choose']);
  const none = growingDocument();
  if (none.graph.nodes.s) none.graph.nodes.s.params.lengths = [];
  expect(codesOf(compiled(none))).toEqual(['param-range@s']);
});

test('branches of different shapes do not meet in a switch', () => {
  const document = growingDocument();
  const inside = (document.blocks.net as Document['blocks'][string]).graph.nodes;
  if (inside.first && inside.second) inside.first.params = inside.second.params = { units: 3 };
  if (inside.deeper) inside.deeper.params = { units: 5 };
  const net = document.blocks.net as Document['blocks'][string];
  for (const edge of Object.values(net.graph.edges))
    if (edge.from[0] === 'second' && edge.to[0] === 'choose') edge.from = ['deeper', 'y'];
  expect(codesOf(compiled(document))).toContain('shape-mismatch@E/choose');
});
