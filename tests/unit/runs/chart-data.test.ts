import { describe, expect, it } from 'vitest';
import { stepRange } from '@/app/_runs/chart-data';

describe('the axis of steps', () => {
  it('shows the beginning of a long run large, and all of it in the end', () => {
    expect(stepRange(100, 8000)).toBe(125);
    expect(stepRange(3000, 8000)).toBe(4000);
    expect(stepRange(3900, 8000)).toBe(8000);
    expect(stepRange(8000, 8000)).toBe(8000);
  });

  it('takes in what lies beyond the plan, and is never empty', () => {
    expect(stepRange(12, 10)).toBe(12);
    expect(stepRange(0, 400)).toBeLessThanOrEqual(8);
    expect(stepRange(0, null)).toBe(1);
    expect(stepRange(40, null)).toBe(40);
  });
});
