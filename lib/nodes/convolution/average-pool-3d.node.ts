import { floatOn } from '../common/operands';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { averagePool, emitAveragePool, inferPool, poolFields, poolWindow } from './pool-layer';

export const face: Face = {
  id: 'average-pool-3d',
  version: 1,
  title: 'Average pool 3D',
  summary: 'Takes the mean of each block of voxels.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['avgpool', 'mean pool', 'downsample', 'volume', 'video'],
  icon: 'box-padding',
  fields: poolFields(3),
  inputs: [{ id: 'x', title: 'Volume', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'kernel' },
  oftenNext: ['conv-3d', 'flatten', 'dense'],
};

export const infer: Infer = (context) => inferPool('Average pool 3D', 3, context);

export const docs: KindDocs = {
  text: 'Shrinks a volume, or a film, by taking the mean of each window, for each channel. Voxels of the padding do not count.',
  formula: 'y[d, i, j, c] = mean over (t, u, v) of x[s·d + t, s·i + u, s·j + v, c]',
  source: 'Keras 3 AveragePooling3D',
};

export const examples: KindExample[] = [
  {
    title: 'Halving',
    inputs: { x: [{ shape: ['batch', 4, 4, 6, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Slices stay',
    params: { size: [1, 2, 3], stride: [1, 2, 3] },
    inputs: { x: [{ shape: ['batch', 2, 4, 6, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { params, inputs }) => ({ outputs: { y: averagePool(tf, floatOn(tf, inputs, 'x'), poolWindow(params)) } }),
};

export const emit = emitAveragePool(3);
