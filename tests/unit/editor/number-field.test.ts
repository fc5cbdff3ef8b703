import { describe, expect, it } from 'vitest';
import { readNumber, stepped } from '@/app/_editor/inspector/number-field';
import { formatBytes, formatFlops, formatNumber, formatSpec } from '@/app/_editor/model/format';

const plain = { shiftKey: false, altKey: false };

describe('typing a number', () => {
  it.each([
    ['28*2+8', {}, { value: 64 }],
    ['1e-3', {}, { value: 0.001 }],
    ['1,024', { integer: true }, { value: 1024 }],
    ['−3', { min: 1 }, { problem: 'at least 1' }],
    ['2000', { max: 100 }, { problem: 'at most 100' }],
    ['7/2', { integer: true }, { value: 4 }],
    ['abc', {}, { problem: 'not a number' }],
    ['1/0', {}, { problem: 'not a number' }],
  ] as const)('reads %s', (text, limits, result) => expect(readNumber(text, limits)).toEqual(result));
});

describe('scrubbing a number', () => {
  it('steps by ones, by tens with Shift', () => {
    expect(stepped(32, 1, { integer: true }, plain)).toBe(33);
    expect(stepped(32, 1, { integer: true }, { shiftKey: true, altKey: false })).toBe(42);
  });
  it('multiplies on a logarithmic scale', () => {
    expect(stepped(0.001, 20, { logarithmic: true }, plain)).toBeCloseTo(0.01);
    expect(stepped(0.001, -20, { logarithmic: true }, plain)).toBeCloseTo(0.0001);
  });
  it('stays within the limits', () => {
    expect(stepped(1, -5, { integer: true, min: 1 }, plain)).toBe(1);
    expect(stepped(0.9, 50, { max: 1, soft: [0, 1] }, plain)).toBe(1);
  });
});

describe('figures', () => {
  it('are short', () => {
    expect(formatNumber(0.001)).toBe('1e-3');
    expect(formatNumber(0.25)).toBe('0.25');
    expect(formatFlops(24_700_000)).toBe('24.7 MFLOPs');
    expect(formatBytes(47_100_000)).toBe('47.1 MB');
    expect(formatSpec({ shape: ['batch', 28, 28, 1], dtype: 'float32', meaning: 'image' })).toBe('28×28×1');
    expect(formatSpec({ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 10 })).toBe('labels');
  });
});
