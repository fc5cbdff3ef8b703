import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import type { Document } from '@/lib/graph/document';
import { codesOf, compiled, context, programOf, sketch } from '@/tests/helpers/compile-context';
import { augmentedDocument, imageCaptioning, segmentationDocument } from '@/tests/helpers/data-documents';

const sound = (document: Document) => {
  expect(compiled(document).diagnostics).toEqual([]);
  const program = programOf(document);
  expect(checkProgram(program, context.kinds)).toEqual([]);
  return program;
};

test('augmentation and corruption stand in the update; the function knows nothing of indices and schedules', () => {
  const program = sound(augmentedDocument());
  expect(sketch(program)).toEqual([
    'fetch d turn keeps d.image d.index d.label turn.value',
    'upd opt[L.loss | conv#kernel conv#bias h#kernel h#bias | ] folds loss accuracy',
    'validation: sweep validation{top-patches loss accuracy}',
    'end: sweep test{top-patches loss accuracy}',
  ]);
  expect(program.ops.find(({ id }) => id === 'wrong')?.rng).toBe('example');
  expect(program.functions).toMatchObject([
    { name: 'digit', inputs: [{ name: 'image' }], ops: ['more', 'conv', 'flat', 'h'] },
  ]);
});

test('what is augmented together is a function of the picture alone', () => {
  const program = sound(segmentationDocument());
  expect(program.functions).toMatchObject([
    { name: 'segment', inputs: [{ name: 'image', value: 'd.image' }], ops: ['more', 'conv'] },
  ]);
  const always = segmentationDocument();
  if (always.graph.nodes.more) always.graph.nodes.more.params.always = true;
  expect(sound(always).functions[0]?.inputs.map(({ value }) => value)).toEqual(['d.image', 'd.mask']);
});

test('what does not move along, and labels without a data set, are told', () => {
  const other = segmentationDocument();
  for (const edge of Object.values(other.graph.edges)) if (edge.from[1] === 'mask') edge.from = ['d', 'classes'];
  expect(codesOf(compiled(other))).toContain('shape-mismatch@more');
  const lost = augmentedDocument();
  for (const edge of Object.values(lost.graph.edges)) if (edge.from[1] === 'index') edge.from = ['d', 'label'];
  expect(codesOf(compiled(lost))).toEqual(['unknown-static@wrong']);
});

test('image-captioning: a vocabulary is fitted at the start, text becomes tokens in fetch, captions are written in sweeps', () => {
  const program = programOf(imageCaptioning());
  expect(codesOf(compiled(imageCaptioning()))).toEqual(['eager-segment@t']);
  expect(checkProgram(program, context.kinds)).toEqual([]);
  const weights = ['F/f#kernel', 'F/f#bias', 'Y/e#table', 'Y/r#kernel', 'Y/r#recurrent_kernel', 'Y/r#bias'];
  expect(sketch(program)).toEqual([
    'start: sweep train{t.fit}',
    'fetch d t keeps d.image t.y',
    `upd opt[L.loss | ${weights.join(' ')} Y/scores#kernel Y/scores#bias | ] folds loss`,
    'validation: sweep validation{loss exact-match}',
    'iteration: emit cap(d.image say.y t.vocabulary t.y)',
    'end: sweep test{loss exact-match}',
  ]);
  expect(program.variables.find(({ id }) => id === 't#words')).toMatchObject({ role: 'fitted', dtype: 'int32' });
  const sweep = program.tasks.find((task) => task.do === 'sweep' && task.split === 'validation');
  const ops = sweep?.do === 'sweep' ? sweep.ops : [];
  expect(ops.indexOf('F/f')).toBeLessThan(ops.indexOf('say'));
  expect(program.functions).toMatchObject([
    { name: 'caption', inputs: [{ name: 'image' }], ops: ['F/small', 'F/flat', 'F/f', 'say'] },
  ]);
});
