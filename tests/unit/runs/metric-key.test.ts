import { expect, it } from 'vitest';
import { compareResults } from '@/app/_runs/metric-key';

it('results read from accuracy to loss, of each the test first and the training last', () => {
  const keys = [
    'train.loss',
    'val.accuracy',
    'test.loss',
    'train.accuracy',
    'test.mean-iou',
    'test.accuracy',
    'val.loss',
  ];
  expect(keys.sort(compareResults)).toEqual([
    'test.accuracy',
    'val.accuracy',
    'train.accuracy',
    'test.mean-iou',
    'test.loss',
    'val.loss',
    'train.loss',
  ]);
});
