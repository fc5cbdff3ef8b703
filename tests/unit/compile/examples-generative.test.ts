import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import type { Program, Update } from '@/lib/compile/program';
import { liveProgram } from '@/lib/engine/live-program';
import type { Document } from '@/lib/graph/document';
import { compiled, context, programOf, sketch } from '@/tests/helpers/compile-context';
import { cycleGan, progressiveGan, vae } from '@/tests/helpers/generative-documents';

const sound = (document: Document): Program => {
  expect(compiled(document).diagnostics).toEqual([]);
  const program = programOf(document);
  expect(checkProgram(program, context.kinds)).toEqual([]);
  return program;
};

const updateOf = (program: Program, id: string) =>
  program.tasks.find((task): task is Update => task.do === 'update' && task.id === id);

/** Weights of two dense layers, as an update lists them. */
const dense = (at: string, ...layers: string[]) =>
  layers.flatMap((layer) => [`${at}/${layer}#kernel`, `${at}/${layer}#bias`]).join(' ');

test('vae: one update through the drawn codes, the wall and the map are emitted, two functions', () => {
  const program = sound(vae());
  const weights = `${dense('E', 'h', 'mean', 'spread')} ${dense('X', 'h', 'o')}`;
  expect(sketch(program)).toEqual([
    'fetch d b keeps b.value d.point',
    `upd opt[L.loss | ${weights} | ] folds kl-normal mse loss`,
    'validation: sweep validation{kl-normal mse loss}',
    'iteration: emit map(E/mean.y d.label)',
    'iteration: emit wall(made/o.y)',
    'end: sweep test{kl-normal mse loss}',
  ]);
  expect(program.ops.find(({ id }) => id === 'L')?.numbers['weights.1']).toBe('b.value');
  // The noise of the wall is nobody's business while training, and the made points use the weights that were learned.
  expect(updateOf(program, 'opt')?.ops).not.toContain('made/o');
  expect(program.ops.find(({ id }) => id === 'made/o')?.uses.kernel).toBe('X/o#kernel');
  expect(program.functions).toMatchObject([
    { name: 'encode', inputs: [{ value: 'd.point' }], outputs: [{ value: 'E/mean.y' }], ops: ['E/h', 'E/mean'] },
    { name: 'generate', inputs: [{ value: 'z0.y' }], outputs: [{ value: 'made/o.y' }], ops: ['made/h', 'made/o'] },
  ]);
});

test('cycle-gan: four updates together, each of its own network; a history is written by the judge that sees it', () => {
  const program = sound(cycleGan());
  expect(program.run.updates).toBe('together');
  const losses = 'mae mae-2 mae-3 mae-4 gan-loss gan-loss-2 loss';
  expect(sketch(program).slice(0, 5)).toEqual([
    'fetch A B keeps A.point B.point',
    `upd oAB[LG.loss | ${dense('fB', 'h', 'o')} | ] folds ${losses}`,
    `upd oBA[LG.loss | ${dense('fA', 'h', 'o')} | ] folds `,
    `upd oA[LA.loss | ${dense('rA', 'h', 'o')} | pastA#pool by pastA pastA#count by pastA] folds gan-loss-3`,
    `upd oB[LB.loss | ${dense('rB', 'h', 'o')} | pastB#pool by pastB pastB#count by pastB] folds gan-loss-4`,
  ]);
  expect(updateOf(program, 'oAB')?.ops).not.toContain('pastA');
  expect(program.ops.filter(({ where }) => where === 'source').map(({ id }) => id)).toEqual(['A', 'B']);
});

test('progressive-gan: a stage is a trace of its own, and what comes later keeps its weights', () => {
  const program = sound(progressiveGan());
  expect(sketch(program)[0]).toBe('fetch d e z s keeps d.image e.y s.alpha s.stage z.y');
  expect(sketch(program)[4]).toBe('iteration: emit wall(calm/choose.y)');
  const all = updateOf(program, 'oG');
  expect(all?.averages).toHaveLength(all?.weights.length as number);
  expect(program.ops.find(({ id }) => id === 'calm/seed')?.uses.kernel).toBe('E/seed#kernel');

  const at = (stage: number) => {
    const live = liveProgram(program, context.kinds, new Map([['s.stage', stage]]));
    return { d: updateOf(live, 'oD')?.weights, g: updateOf(live, 'oG') };
  };
  expect(at(0).g?.weights.join(' ')).toBe(dense('G', 'seed', 'rgb0'));
  expect(at(0).d?.join(' ')).toBe(dense('Dr', 'f0', 'score'));
  expect(at(0).g?.averages.map(({ of }) => of)).toEqual(at(0).g?.weights);
  expect(at(1).g?.weights.join(' ')).toBe(dense('G', 'seed', 'rgb0', 'h1', 'rgb1'));
  expect(at(1).d?.join(' ')).toBe(dense('Dr', 'f0', 'f1', 'conv0', 'score'));
  expect(at(3).g?.weights.join(' ')).toBe(dense('G', 'seed', 'h1', 'h2', 'rgb2', 'h3', 'rgb3'));
  expect(at(3).d?.join(' ')).toBe(dense('Dr', 'f2', 'f3', 'conv2', 'conv1', 'conv0', 'score'));
});
