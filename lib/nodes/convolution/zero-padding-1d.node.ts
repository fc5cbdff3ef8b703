import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { borderFields, emitZeroPadding, inferBorder, runZeroPadding } from './border-layer';

export const face: Face = {
  id: 'zero-padding-1d',
  version: 1,
  title: 'Zero padding 1D',
  summary: 'Puts zeros at both ends of a sequence.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['pad', 'padding', 'zeros', 'border', 'sequence'],
  icon: 'box-padding',
  fields: borderFields(1, 'added'),
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-1d', 'max-pool-1d', 'concat'],
};

export const infer: Infer = (context) => inferBorder('Zero padding 1D', 1, 1, context);

export const docs: KindDocs = {
  text: 'Adds steps of value 0 at both ends of the sequence, so that a following convolution keeps the size or sees the border.',
  source: 'Keras 3 ZeroPadding1D',
};

export const examples: KindExample[] = [
  {
    title: 'One at each end',
    inputs: { x: [{ shape: ['batch', 6, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Two at each end',
    params: { border: 2 },
    inputs: { x: [{ shape: ['batch', 6, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runZeroPadding };

export const emit = emitZeroPadding(1);
