import { describe, expect, it } from 'vitest';
import { checkVariantExpectations } from '@/lib/engine/variant-expectations';
import type { RunEvent } from '@/lib/protocol/run-event';
import { combineVariants, endOf, type FinishLine, historyOf } from '@/server/cli/train/finish-line';

const finished = (part: Partial<FinishLine>): FinishLine => ({
  type: 'finished',
  iteration: 9,
  epoch: 0,
  status: 'succeeded',
  seconds: 2,
  examplesSeen: 100,
  examplesPerSecond: 100,
  engine: 'tensorflow',
  metrics: {},
  expected: [],
  ...part,
});

const sweep = (value: number | null): RunEvent => ({
  type: 'sweep',
  iteration: 0,
  epoch: 0,
  split: 'validation',
  values: { 'val.loss': value },
  tables: {},
});

describe('the last line of train', () => {
  it('joins variants: metrics by name, the worst status, and a speed over all examples', () => {
    const line = combineVariants(
      [
        { variant: 'plain', finished: finished({ metrics: { 'val.loss': 2 } }), history: { 'val.loss': [3, 2] } },
        {
          variant: 'large',
          finished: finished({ status: 'diverged', metrics: { 'val.loss': null }, examplesPerSecond: 50 }),
          history: { 'val.loss': [null] },
        },
      ],
      [{ metric: 'val.loss', variant: 'plain', op: '<', value: 2.5 }],
    );
    expect(line).toMatchObject({
      status: 'diverged',
      seconds: 4,
      examplesSeen: 200,
      metrics: { 'plain:val.loss': 2, 'large:val.loss': null },
      expected: [{ metric: 'plain:val.loss', value: 2.5, got: 2, met: true }],
      variants: [{ variant: 'plain' }, { variant: 'large', status: 'diverged' }],
    });
    // 100 examples took 1 s, 100 more took 2 s.
    expect(line.examplesPerSecond).toBeCloseTo(200 / 3, 10);
  });

  it('takes histories from sweeps, and knows a run that a person stopped from one that ended', () => {
    expect(historyOf([sweep(3), sweep(null), sweep(1)])).toEqual({ 'val.loss': [3, null, 1] });
    expect(endOf([{ seq: 0, event: finished({}) as RunEvent }])).not.toBeNull();
    expect(endOf([{ seq: 0, event: finished({ status: 'cancelled' }) as RunEvent }])).toBeNull();
    expect(endOf([{ seq: 0, event: sweep(1) }])).toBeNull();
  });
});

describe('expectations over variants', () => {
  const histories = {
    plain: { 'val.loss': [4, 2, 6] },
    head1: { 'val.loss': [3, 1] },
    head2: { 'val.loss': [9, 8] },
  };

  it('compare with a number, another variant, or the best of a family', () => {
    const met = checkVariantExpectations(
      [
        { metric: 'val.loss', variant: 'plain', over: 'best', op: '<=', value: 2 },
        { metric: 'val.loss', variant: 'head*', op: '<', than: { metric: 'val.loss', variant: 'plain' }, times: 0.5 },
        { metric: 'val.loss', variant: 'head2', op: '<', than: { metric: 'val.loss', variant: 'plain' }, plus: 1 },
        { metric: 'val.loss', variant: 'absent', op: '<', value: 100 },
      ],
      histories,
    );
    expect(met.map(({ got, value, met: reached }) => [got, value, reached])).toEqual([
      [2, 2, true],
      [1, 3, true],
      [8, 7, false],
      [null, 100, false],
    ]);
  });
});
