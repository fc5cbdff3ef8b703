import { describe, expect, it } from 'vitest';
import { areaOf, type Box, overlapOf } from '@/lib/nodes/common/boxes';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { countWords, makeVocabulary } from '@/lib/nodes/common/vocabulary';
import type { HostTensor, PlainParams, Sample } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';

const host = (shape: number[], ...numbers: number[]): HostTensor => ({ shape, data: Float32Array.from(numbers) });
const classes = (shape: number[], ...numbers: number[]): HostTensor => ({ shape, data: Int32Array.from(numbers) });

function pack<K extends Sample['sample']>(
  id: string,
  values: Record<string, HostTensor>,
  set: PlainParams = {},
): Extract<Sample, { sample: K }> {
  const kind = kinds[id];
  if (kind?.run?.as !== 'sink') throw new Error(`${id} is no sink`);
  const wires = Object.fromEntries(Object.entries(values).map(([port, value]) => [port, [value]]));
  return kind.run.sink.pack(wires, parseParams(kind.face, set).params, {}) as Extract<Sample, { sample: K }>;
}

const bytesOf = (text: string): number[] => [...Buffer.from(text, 'base64')];

describe('boxes', () => {
  it('overlap by the area that they share', () => {
    const a: Box = [0, 0, 0.5, 0.5];
    expect(areaOf(a)).toBe(0.25);
    expect(overlapOf(a, a)).toBe(1);
    expect(overlapOf(a, [0, 0.25, 0.5, 0.75])).toBeCloseTo(1 / 3);
    expect(overlapOf(a, [0.5, 0.5, 1, 1])).toBe(0);
    expect(overlapOf(a, [0, 0, 0, 0])).toBe(0);
  });

  it('are shown where they are sure enough and have an area', () => {
    const sample = pack<'boxes'>('boxes', {
      image: host([1, 1, 1, 1], 1),
      detections: host([1, 3, 6], 0, 0, 0.5, 0.5, 1, 0.9, 0, 0, 1, 1, 0, 0.3, 0, 0, 0, 0, 0, 0),
      boxes: host([1, 2, 4], 0.1, 0.1, 0.4, 0.4, 0, 0, 0, 0),
      classes: classes([1, 2], 2, 0),
    });
    expect(sample.found).toEqual([[{ box: [0, 0, 0.5, 0.5], class: 1, score: 0.9 }]]);
    expect(sample.truth).toEqual([[{ box: [0.1, 0.1, 0.4, 0.4], class: 2 }]]);
    expect(sample.classes).toEqual(['0', '1', '2']);
  });
});

it('captions are read from tokens, up to the end of each', () => {
  const table = makeVocabulary(countWords(['a red disc', 'a disc'], 'words').data, 6, 'words', true);
  const values = {
    image: host([2, 1, 1, 1], 0, 1),
    tokens: classes([2, 3], 3, 4, 2, 3, 1, 4),
    target: classes([2, 3], 3, 4, 2, 3, 5, 4),
  };
  const sample = pack<'captions'>('captions', { ...values, vocabulary: table });
  expect(sample).toMatchObject({ shape: [2, 1, 1, 1], texts: ['a disc', 'a ? disc'], truth: ['a disc', 'a red disc'] });
  expect(pack<'captions'>('captions', values).texts).toEqual(['3 4 2', '3 1 4']);
  const { lines } = pack<'text'>('text-samples', { tokens: values.target, vocabulary: table }, { between: 'words' });
  expect(lines[1]).toBe('a red disc');
});

it('masks hold the class of each pixel', () => {
  const sample = pack<'masks'>('masks', {
    image: host([1, 1, 2, 1], 0, 1),
    scores: host([1, 1, 2, 3], 0, 2, 1, 5, 1, 0),
    mask: classes([1, 1, 2], 1, 2),
  });
  expect(bytesOf(sample.masks)).toEqual([1, 0]);
  expect(bytesOf(sample.truth ?? '')).toEqual([1, 2]);
  const single = { image: host([1, 1, 2, 1], 0, 1), scores: host([1, 1, 2, 1], 0.4, 0.6) };
  expect(bytesOf(pack<'masks'>('masks', single, { from: 'probabilities' }).masks)).toEqual([0, 1]);
});

it('a histogram counts each number once, by class where labels are wired', () => {
  const x = host([4, 1], 0, 1, 1, 4);
  const all = pack<'histogram'>('histogram', { x }, { bins: 4 });
  expect(all).toEqual({ sample: 'histogram', low: 0, high: 4, series: [{ name: '', counts: [1, 2, 0, 1] }] });
  const apart = pack<'histogram'>('histogram', { x, label: classes([4], 0, 1, 0, 1) }, { bins: 4 });
  expect(apart.series.map(({ counts }) => counts)).toEqual([
    [1, 1, 0, 0],
    [0, 1, 0, 1],
  ]);
  const broken = pack<'histogram'>('histogram', { x: host([2, 1], Number.NaN, 3) });
  expect(broken.series[0]?.counts.reduce((sum, count) => sum + count, 0)).toBe(1);
});

describe('a matrix', () => {
  it('shows rows as they are', () => {
    expect(pack('matrix', { x: host([2, 2], 1, 2, 3, 4) })).toEqual({
      sample: 'matrix',
      size: [2, 2],
      values: [1, 2, 3, 4],
    });
  });

  it('shows one channel of one picture', () => {
    const x = host([2, 1, 2, 2], 1, 2, 3, 4, 5, 6, 7, 8);
    expect(pack<'matrix'>('matrix', { x }, { example: 1, channel: 1 }).values).toEqual([6, 8]);
    expect(pack<'matrix'>('matrix', { x }, { example: 9, channel: 9 }).values).toEqual([6, 8]);
  });
});
