import { describe, expect, it } from 'vitest';
import { append, extremes, indexAt, MOST_POINTS, smooth } from '@/app/_runs/series';

describe('curves', () => {
  it('stay bounded over a million points and keep a single spike', () => {
    let series = append(undefined, [], []);
    for (let chunk = 0; chunk < 100; chunk++) {
      const x = Array.from({ length: 10_000 }, (_, i) => chunk * 10_000 + i);
      series = append(
        series,
        x,
        x.map((iteration) => (iteration === 123_456 ? 99 : 1)),
      );
    }
    expect(series.x.length).toBeLessThanOrEqual(MOST_POINTS);
    expect(Math.max(...series.y)).toBe(99);
    expect(series.x.at(-1)).toBe(999_999);
    expect(series.x).toEqual([...series.x].sort((a, b) => a - b));
  });

  it('thin to the smallest and largest of each part, in order', () => {
    const thinned = extremes({ x: [0, 1, 2, 3, 4, 5, 6, 7], y: [0, 5, -5, 1, 2, 2, 9, 3] }, 2);
    expect(thinned).toEqual({ x: [1, 2, 4, 6, 7], y: [5, -5, 2, 9, 3] });
  });

  it('smooth without a start-up bias, and pass over gaps', () => {
    expect(smooth([4, 4, 4], 0.9)).toEqual([4, 4, 4].map((value) => expect.closeTo(value, 12)));
    const [first, gap, last] = smooth([2, Number.NaN, 4], 0.5);
    expect(first).toBeCloseTo(2, 12);
    expect(gap).toBeCloseTo(2, 12);
    expect(last).toBeCloseTo((0.25 * 2 + 0.5 * 4) / 0.75, 12);
  });

  it('are read at a step by the last point before it', () => {
    expect([-1, 0, 4, 10, 99].map((at) => indexAt([0, 5, 10], at))).toEqual([-1, 0, 0, 2, 2]);
  });
});
