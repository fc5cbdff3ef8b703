import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { borderFields, emitZeroPadding, inferBorder, runZeroPadding } from './border-layer';

export const face: Face = {
  id: 'zero-padding-3d',
  version: 1,
  title: 'Zero padding 3D',
  summary: 'Puts zeros around a volume.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['pad', 'padding', 'zeros', 'border', 'volume'],
  icon: 'box-padding',
  fields: borderFields(3, 'added'),
  inputs: [{ id: 'x', title: 'Volume', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-3d', 'max-pool-3d', 'concat'],
};

export const infer: Infer = (context) => inferBorder('Zero padding 3D', 3, 1, context);

export const docs: KindDocs = {
  text: 'Adds voxels of value 0 at both ends of each axis, so that a following convolution keeps the size or sees the border.',
  source: 'Keras 3 ZeroPadding3D',
};

export const examples: KindExample[] = [
  {
    title: 'One at each end',
    inputs: { x: [{ shape: ['batch', 4, 5, 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Other sizes for each axis',
    params: { border: [0, 2, 1] },
    inputs: { x: [{ shape: ['batch', 4, 5, 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runZeroPadding };

export const emit = emitZeroPadding(3);
