import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitEnlarge, enlargeFields, inferEnlarge, runEnlarge } from './enlarge-layer';

export const face: Face = {
  id: 'upsampling-3d',
  version: 1,
  title: 'Upsampling 3D',
  summary: 'Makes a volume larger by repeating its voxels.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['upsample', 'repeat', 'enlarge', 'nearest', 'volume'],
  icon: 'arrows-maximize',
  fields: enlargeFields(3),
  inputs: [{ id: 'x', title: 'Volume', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-3d', 'concat'],
};

export const infer: Infer = (context) => inferEnlarge('Upsampling 3D', 3, context);

export const docs: KindDocs = {
  text: 'Repeats each voxel a whole number of times along each axis. Followed by a convolution it is the smooth alternative to a transposed one.',
  formula: 'y[s·d + t, s·i + u, s·j + v, c] = x[d, i, j, c]',
  source: 'Keras 3 UpSampling3D',
};

export const examples: KindExample[] = [
  {
    title: 'Doubling',
    inputs: { x: [{ shape: ['batch', 2, 3, 2, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Other factors for each axis',
    params: { size: [1, 2, 3] },
    inputs: { x: [{ shape: ['batch', 2, 3, 2, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runEnlarge };

export const emit = emitEnlarge(3);
