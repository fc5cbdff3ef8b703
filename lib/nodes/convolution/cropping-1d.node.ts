import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { borderFields, emitCropping, inferBorder, runCropping } from './border-layer';

export const face: Face = {
  id: 'cropping-1d',
  version: 1,
  title: 'Cropping 1D',
  summary: 'Cuts off both ends of a sequence.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['crop', 'cut', 'trim', 'border', 'sequence'],
  icon: 'crop',
  fields: borderFields(1, 'cut off'),
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-1d', 'max-pool-1d', 'concat'],
};

export const infer: Infer = (context) => inferBorder('Cropping 1D', 1, -1, context);

export const docs: KindDocs = {
  text: 'Removes steps at both ends of the sequence, such as to fit a skip connection to what it joins.',
  source: 'Keras 3 Cropping1D',
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

export const run: KindRun = { as: 'op', run: runCropping };

export const emit = emitCropping(1);
