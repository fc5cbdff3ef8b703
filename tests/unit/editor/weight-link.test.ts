import { expect, it } from 'vitest';
import { weightLink } from '@/app/_editor/model/weight-link';

const box = (x: number, y: number) => ({ x, y, width: 100, height: 60 });

it('is straight between nodes over or beside each other, in the middle of what they have in common', () => {
  expect(weightLink(box(0, 0), box(40, 200))).toEqual({
    points: [
      { x: 70, y: 60 },
      { x: 70, y: 200 },
    ],
    middle: { x: 70, y: 130 },
    room: 140,
  });
  expect(weightLink(box(300, 20), box(0, 0)).points).toEqual([
    { x: 100, y: 40 },
    { x: 300, y: 40 },
  ]);
});

it('turns twice where they stand askew', () => {
  expect(weightLink(box(0, 0), box(300, 200)).points).toEqual([
    { x: 50, y: 60 },
    { x: 50, y: 130 },
    { x: 350, y: 130 },
    { x: 350, y: 200 },
  ]);
});
