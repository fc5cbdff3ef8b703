import { expect, test } from 'vitest';
import { recoveryEvery, spreadCheckpoints } from '@/lib/engine/spread-checkpoints';

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

test('fast iterations have checkpoints seconds apart, and as many stay of them as of slow ones', () => {
  expect(recoveryEvery(50, 50_000)).toBe(200);
  expect(recoveryEvery(1, 50_000)).toBe(6_400);
  expect(recoveryEvery(0.5, 2_000)).toBe(200);
  for (const iterations of [3_000, 50_000, 1_000_000]) {
    const stay = (every: number) => {
      let kept: number[] = [];
      for (let iteration = every; iteration <= iterations; iteration += every)
        kept = spreadCheckpoints([...kept, iteration], 200);
      return kept;
    };
    for (const step of [0.5, 3, 12]) expect(stay(recoveryEvery(step, iterations))).toEqual(stay(200));
  }
});
