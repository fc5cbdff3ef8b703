import { describe, expect, it } from 'vitest';
import { letterSizes, parseEquation } from '@/lib/nodes/common/einsum';
import { readProjection } from '@/lib/nodes/core/projection';

describe('parseEquation', () => {
  it('names axes, and those of the ellipsis from the last one', () => {
    expect(parseEquation('...i, ij -> ...j', [3, 2])).toEqual({
      inputs: [
        ['.1', '.0', 'i'],
        ['i', 'j'],
      ],
      output: ['.1', '.0', 'j'],
    });
  });

  it('puts what occurs once into an output that is not said, in order', () => {
    expect(parseEquation('ba,bc', [2, 2])).toMatchObject({ output: ['a', 'c'] });
    expect(parseEquation('...ba', [3])).toMatchObject({ output: ['.0', 'a', 'b'] });
  });

  it.each([
    ['ij->i->j', [2], 'more than one arrow'],
    ['i1->i', [2], 'an axis is one letter'],
    ['ij,jk->ik', [2], 'about 2 tensors, but 1 are wired'],
    ['ij->i', [3], 'does not name the 3 axes of tensor 1'],
    ['...ijk->i', [2], 'does not name the 2 axes of tensor 1'],
    ['ii->i', [2], 'has a letter twice'],
    ['ij->ii', [2], 'has a letter twice'],
    ['ij->ik', [2], 'an axis “k” that no input has'],
  ])('says what is wrong with %s', (text, ranks, words) => {
    expect(parseEquation(text, ranks)).toContain(words);
  });
});

describe('letterSizes', () => {
  it('takes the sizes that are known and finds those that differ', () => {
    const equation = parseEquation('bij,bjk->bik', [3, 3]);
    if (typeof equation === 'string') throw new Error(equation);
    const sizes = letterSizes(equation, [
      ['batch', null, 3],
      ['batch', 3, 4],
    ]);
    expect(Object.fromEntries(sizes as Map<string, unknown>)).toEqual({ b: 'batch', i: null, j: 3, k: 4 });
    const wrong = letterSizes(equation, [
      ['batch', 2, 3],
      ['batch', 5, 4],
    ]);
    expect(wrong).toBe('The axis “j” is 3 in one tensor and 5 in another.');
  });
});

describe('readProjection', () => {
  it('finds the shapes of weights, bias and output as Keras does', () => {
    expect(readProjection('abc,cde->abde', [-1, 2, 3], 'de', ['batch', 'time', 4])).toMatchObject({
      kernel: [4, 2, 3],
      bias: [2, 3],
      output: ['batch', 'time', 2, 3],
    });
    expect(readProjection('abde,dec->abc', [5, 4], 'b', ['batch', 5, 2, 3])).toMatchObject({
      kernel: [2, 3, 4],
      bias: [5, 1],
    });
    expect(readProjection('ab...,bc->ac...', [2], 'c', ['batch', 3, 4])).toMatchObject({
      kernel: [3, 2],
      bias: [2, 1],
      output: ['batch', 2, 4],
    });
  });

  it.each([
    ['abc->abd', [4], '', 'does not have the form'],
    ['...c,cd->abd', [4], '', 'in the input and in the output'],
    ['a...c,cd->a...d', [4], '', 'at the beginning or at the end'],
    ['abc,cd->abd', [4], '', 'has 1 sizes, but the equation names 2'],
    ['abc,cd->abd', [7, 4], '', '“b” is 5 in the input and 7'],
    ['abc,cd->abd', [-1, -1], '', '“d” is not one of the input'],
    ['abc,cde->abd', [-1, 4], '', 'an axis “e” that neither'],
    ['abc,cd->abd', [-1, 4], 'c', 'cannot differ along “c”'],
  ])('says what is wrong with %s', (text, shape, bias, words) => {
    expect(readProjection(text, shape, bias, ['batch', 5, 3])).toContain(words);
  });
});
