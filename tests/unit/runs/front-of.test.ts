import { expect, it } from 'vitest';
import { frontOf } from '@/app/_runs/front-of';

it('keeps those that no smaller one, and no other of their size, beats', () => {
  const child = (parameters: number, score: number) => ({ parameters, score });
  const best = [child(10, 0.3), child(20, 0.5), child(80, 0.9)];
  expect(frontOf([child(80, 0.7), ...best, child(40, 0.5), child(30, 0.4), child(10, 0.1)])).toEqual(best);
  expect(frontOf([])).toEqual([]);
});
