import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import { compile } from '@/lib/compile/compile';
import type { Program } from '@/lib/compile/program';
import { gallery } from '@/lib/gallery/gallery.generated';
import { context, sketch } from '@/tests/helpers/compile-context';

function programOf(id: string, set: Record<string, number | boolean> = {}): Program {
  const { program, diagnostics } = compile(gallery[id]?.document as never, { ...context, set });
  if (!program) throw new Error(JSON.stringify(diagnostics));
  expect(diagnostics).toEqual([]);
  expect(checkProgram(program, context.kinds)).toEqual([]);
  return program;
}

const updateOf = (program: Program) => program.tasks.filter((task) => task.do === 'update');

test('debiasing-vae: each epoch begins with a sweep that weighs the examples; rows are drawn by it', () => {
  const program = programOf('debiasing-vae');
  const lines = sketch(program);
  expect(lines[0]).toBe('epoch: sweep train{rare: held}');
  expect(lines[1]).toBe('fetch faces share keeps faces.face faces.image faces.tone share.value');
  expect(program.tasks[0]?.do === 'sweep' && program.tasks[0].ops).toEqual([
    'faces',
    'conv1',
    'conv2',
    'flat',
    'features',
    'mu',
  ]);
  expect(program.ops.find(({ id }) => id === 'faces')?.in).toEqual({ sampling: ['rare.y'] });
  const [update] = updateOf(program);
  expect(update?.weights).toHaveLength(2 * 9);
  expect(update?.writes).toEqual([]);
  expect(lines[3]).toBe('validation: sweep validation{accuracy bce group-gap kl-normal mse loss-sum loss}');
  expect(program.hash).not.toBe(programOf('debiasing-vae', { strength: 0, vae: 0 }).hash);
});

test('multi-task: one update trains the trunk, the heads and the weights of the losses', () => {
  const program = programOf('multi-task', { width: 8 });
  const lines = sketch(program);
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe(
    'fetch scenes cosine keeps cosine.value scenes.depth scenes.image scenes.inside scenes.mask scenes.offset',
  );
  const [update] = updateOf(program);
  expect(update?.weights).toContain('loss#log_variance');
  expect(update?.weights.filter((id) => /^(classes|depth|offset)#/.test(id))).toHaveLength(6);
  expect(new Set(update?.writes.map(({ by }) => by))).toEqual(
    new Set(['half', 'quarter', 'eighth', 'up1', 'up2'].map((id) => `${id}/norm`)),
  );
  expect(lines[2]).toMatch(/^validation: sweep validation\{.*mean-iou.*\}$/);
  const equal = programOf('multi-task', { width: 8, learn: false });
  expect(updateOf(equal)[0]?.weights).not.toContain('loss#log_variance');
});
