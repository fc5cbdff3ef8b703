import { describe, expect, it } from 'vitest';
import { broadcastShapes } from '@/lib/tensor/broadcast';
import { convDim, productOf, sumOf, transposedDim } from '@/lib/tensor/conv-arithmetic';

describe('broadcasting with symbols', () => {
  it.each([
    [['batch', 28, 28, 3], [3], ['batch', 28, 28, 3]],
    [
      ['batch', 1, 5],
      ['batch', 4, 1],
      ['batch', 4, 5],
    ],
    [
      [1, 2],
      ['batch', 2],
      ['batch', 2],
    ],
    [
      ['batch', null],
      ['batch', 7],
      ['batch', 7],
    ],
    [[], ['batch'], ['batch']],
  ] as const)('%j and %j', (a, b, shape) => {
    expect(broadcastShapes(a, b)).toEqual({ shape });
    expect(broadcastShapes(b, a)).toEqual({ shape });
  });

  it('names the axis that does not fit', () => {
    expect(broadcastShapes(['batch', 3], ['batch', 4])).toEqual({ conflict: { axis: -1, left: 3, right: 4 } });
    expect(broadcastShapes(['batch', 3], [{ of: 'batch', times: 2 }, 3])).toMatchObject({ conflict: { axis: -2 } });
    expect(broadcastShapes(null, ['batch'])).toEqual({ shape: null });
  });
});

it.each([
  [28, 3, 1, 'same', 28],
  [28, 3, 1, 'valid', 26],
  [28, 3, 2, 'same', 14],
  [27, 2, 2, 'valid', 13],
  [2, 3, 1, 'valid', 0],
  ['batch', 3, 1, 'same', 'batch'],
  ['time', 3, 2, 'same', null],
] as const)('a window over %j: kernel %i, stride %i, %s gives %j', (dim, kernel, stride, padding, out) => {
  expect(convDim(dim, kernel, stride, padding)).toBe(out);
});

it('counts a dilated kernel by what it spans', () => {
  expect(convDim(28, 3, 1, 'valid', 2)).toBe(24);
});

it('undoes a stride when transposed', () => {
  expect(transposedDim(14, 4, 2, 'same')).toBe(28);
  expect(transposedDim(3, 4, 2, 'valid')).toBe(8);
});

it('multiplies and adds axes as far as symbols allow', () => {
  expect(productOf([28, 28, 1])).toBe(784);
  expect(productOf(['time', 3])).toEqual({ of: 'time', times: 3 });
  expect(productOf(['time', 'batch'])).toBeNull();
  expect(productOf([])).toBe(1);
  expect(sumOf([2, 3])).toBe(5);
  expect(sumOf(['batch', 'batch'])).toEqual({ of: 'batch', times: 2 });
  expect(sumOf(['batch', 1])).toBeNull();
});
