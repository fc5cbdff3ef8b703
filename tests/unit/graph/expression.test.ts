import { describe, expect, test } from 'vitest';
import { evaluateExpression, evaluateParam } from '@/lib/graph/expression';

describe('expressions', () => {
  test.each([
    ['4*filters', { filters: 16 }, 64],
    ['2 + 3 * 4', {}, 14],
    ['-(2 - 5) // 2', {}, 1],
    ['7 / 2', {}, 3.5],
    ['min(8, width, 2e1) + max(1, 2)', { width: 9 }, 10],
    ['10 - 2 - 3', {}, 5],
  ])('%s', (text, scope, value) => {
    expect(evaluateExpression(text, scope)).toEqual({ value });
  });

  test('a lone name may be any value', () => {
    expect(evaluateExpression('activation', { activation: 'relu' })).toEqual({ value: 'relu' });
    expect(evaluateParam([3, 3], {})).toEqual({ value: [3, 3] });
  });

  test.each([
    ['4*', 'missing at the end'],
    ['depth + 1', '"depth" is not a param here (there are width)'],
    ['1/0', 'not a finite number'],
    ['2 $ 3', '"$" is not understood'],
    ['(1', '")" is missing'],
    ['1 2', '"2" is not expected'],
    [`${'('.repeat(100)}1${')'.repeat(100)}`, 'nested too deeply'],
  ])('%s is refused with a reason', (text, reason) => {
    expect(evaluateExpression(text, { width: 3 })).toHaveProperty('problem', expect.stringContaining(reason));
  });

  test('names of the prototype are not params', () => {
    expect(evaluateExpression('constructor', {})).toHaveProperty('problem');
  });
});
