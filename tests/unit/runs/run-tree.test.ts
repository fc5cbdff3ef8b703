import { expect, test } from 'vitest';
import { runTree } from '@/app/_runs/run-tree';
import type { RunSummary } from '@/lib/protocol/service';

const run = (id: string, parent: string | null = null) =>
  ({ id, parent: parent === null ? null : { id: parent, number: 1, iteration: 10 } }) as RunSummary;

test('branches stand behind their run, deeper; those of a run that is not there stand alone', () => {
  const runs = [run('d', 'b'), run('c', 'a'), run('b', 'a'), run('lone', 'gone'), run('a')];
  expect(runTree(runs).map(({ run: { id }, depth }) => [id, depth])).toEqual([
    ['lone', 0],
    ['a', 0],
    ['c', 1],
    ['b', 1],
    ['d', 2],
  ]);
});
