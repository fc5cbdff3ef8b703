import { expect, test } from 'vitest';
import { spreadCheckpoints } from '@/lib/engine/spread-checkpoints';

test('about ten checkpoints stay, evenly over the run, and none that went is missed later', () => {
  let kept: number[] = [];
  for (let iteration = 200; iteration <= 50_000; iteration += 200) {
    kept = spreadCheckpoints([...kept, iteration], 200);
    expect(kept.length).toBeLessThanOrEqual(10);
    if (iteration >= 2_000) expect(kept.length).toBeGreaterThanOrEqual(4);
    const gaps = kept.map((one, i) => one - (kept[i - 1] ?? 0));
    expect(new Set(gaps).size).toBe(kept.length === 0 ? 0 : 1);
  }
});

test('those that a pause left are not among them', () => {
  expect(spreadCheckpoints([0, 137, 200, 400], 200)).toEqual([200, 400]);
});
