import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { borderFields, emitZeroPadding, inferBorder, runZeroPadding } from './border-layer';

export const face: Face = {
  id: 'zero-padding-2d',
  version: 1,
  title: 'Zero padding',
  summary: 'Puts a border of zeros around a picture.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['pad', 'padding', 'border', 'zeros'],
  icon: 'box-padding',
  fields: borderFields(2, 'added'),
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-2d', 'max-pool-2d', 'concat'],
};

export const infer: Infer = (context) => inferBorder('Zero padding', 2, 1, context);

export const docs: KindDocs = {
  text: 'Adds pixels of value 0 on all sides, so that a following convolution keeps the size or sees the border.',
  source: 'Keras 3 ZeroPadding2D',
};

export const examples: KindExample[] = [
  { title: 'One pixel', inputs: { x: [{ shape: ['batch', 4, 4, 2], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'More at the sides',
    params: { border: [0, 2] },
    inputs: { x: [{ shape: ['batch', 3, 5, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
];

export const run: KindRun = { as: 'op', run: runZeroPadding };

export const emit = emitZeroPadding(2);
