import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyRunView, foldRun, lastSeen, MOST_SAMPLES } from '@/app/_runs/fold-run';
import type { LoggedEvent, RunEvent } from '@/lib/protocol/run-event';

const log = (...events: RunEvent[]): LoggedEvent[] => events.map((event, seq) => ({ seq, event }));
const metrics = (iteration: number, values: Record<string, number | null>): RunEvent => ({
  type: 'metrics',
  iteration,
  epoch: 0,
  values,
});
const wall = (iteration: number): RunEvent => ({
  type: 'sample',
  iteration,
  epoch: 0,
  sink: 'n9',
  name: 'wall',
  value: { sample: 'text', lines: [`at ${iteration}`] },
});

describe('the view of a run', () => {
  it('draws a curve for each metric, with a gap where a value was not finite', () => {
    const view = foldRun(
      emptyRunView,
      log(metrics(0, { 'train.loss': 2 }), metrics(1, { 'train.loss': null }), metrics(2, { 'train.loss': 1 })),
    );
    expect(view.curves['train.loss']).toEqual({ x: [0, 1, 2], y: [2, Number.NaN, 1] });
    expect(view.iteration).toBe(2);
  });

  it('is the same however the log is cut into pieces, and whatever is told twice', () => {
    const events = log(
      ...Array.from({ length: 30 }, (_, i) => (i % 5 === 4 ? wall(i) : metrics(i, { 'train.loss': 1 / (i + 1) }))),
    );
    const whole = foldRun(emptyRunView, events);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 })), fc.integer({ min: 0, max: 5 }), (cuts, overlap) => {
        let view = emptyRunView;
        let at = 0;
        for (const size of [...cuts, events.length]) {
          view = foldRun(view, events.slice(Math.max(0, at - overlap), at + size));
          at = Math.min(events.length, at + size);
        }
        expect(view).toEqual(whole);
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('leaves the view that it got as it was', () => {
    const before = foldRun(emptyRunView, log(metrics(0, { 'train.loss': 2 }), wall(0)));
    const copy = structuredClone(before);
    foldRun(before, [
      { seq: 2, event: metrics(1, { 'train.loss': 1 }) },
      { seq: 3, event: wall(1) },
    ]);
    expect(before).toEqual(copy);
  });

  it('keeps the tables of each sweep and the checkpoint that did best', () => {
    const table = {
      table: 'confusion' as const,
      classes: ['a', 'b'],
      counts: [
        [3, 1],
        [0, 4],
      ],
    };
    const view = foldRun(
      emptyRunView,
      log(
        {
          type: 'sweep',
          iteration: 9,
          epoch: 0,
          split: 'validation',
          values: { 'val.accuracy': 0.875 },
          tables: { 'val.confusion': table },
        },
        { type: 'checkpoint', iteration: 9, epoch: 0, ref: 'checkpoints/9', best: true },
        { type: 'checkpoint', iteration: 19, epoch: 1, ref: 'checkpoints/19', best: false },
      ),
    );
    expect(view.tables['val.confusion']?.[0]?.value).toEqual(table);
    expect(view.curves['val.accuracy']?.y).toEqual([0.875]);
    expect(view.best).toBe(9);
  });

  it('shows at a step what was seen last before it', () => {
    const items = foldRun(emptyRunView, log(wall(0), wall(50), wall(100))).samples.n9?.items ?? [];
    expect(lastSeen(items, 99)?.iteration).toBe(50);
    expect(lastSeen(items, 100)?.iteration).toBe(100);
    expect(lastSeen(items, -1)).toBeUndefined();
  });

  it('keeps a bounded number of samples, with the first and the latest', () => {
    const items =
      foldRun(emptyRunView, log(...Array.from({ length: 2000 }, (_, i) => wall(i)))).samples.n9?.items ?? [];
    expect(items.length).toBeLessThanOrEqual(MOST_SAMPLES);
    expect(items[0]?.iteration).toBe(0);
    expect(items.at(-1)?.iteration).toBe(1999);
  });
});
