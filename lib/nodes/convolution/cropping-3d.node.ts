import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { borderFields, emitCropping, inferBorder, runCropping } from './border-layer';

export const face: Face = {
  id: 'cropping-3d',
  version: 1,
  title: 'Cropping 3D',
  summary: 'Cuts off the border of a volume.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['crop', 'cut', 'trim', 'border', 'volume'],
  icon: 'crop',
  fields: borderFields(3, 'cut off'),
  inputs: [{ id: 'x', title: 'Volume', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-3d', 'max-pool-3d', 'concat'],
};

export const infer: Infer = (context) => inferBorder('Cropping 3D', 3, -1, context);

export const docs: KindDocs = {
  text: 'Removes voxels at both ends of each axis, such as to fit a skip connection to what it joins.',
  source: 'Keras 3 Cropping3D',
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

export const run: KindRun = { as: 'op', run: runCropping };

export const emit = emitCropping(3);
