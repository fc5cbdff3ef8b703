import { floatOn } from '../common/operands';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitMaxPool, inferPool, maxPool, poolFields, poolWindow } from './pool-layer';

export const face: Face = {
  id: 'max-pool-3d',
  version: 1,
  title: 'Max pool 3D',
  summary: 'Keeps the largest number of each block of voxels.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['pooling', 'maxpool', 'downsample', 'volume', 'video'],
  icon: 'box-margin',
  fields: poolFields(3),
  inputs: [{ id: 'x', title: 'Volume', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'kernel' },
  oftenNext: ['conv-3d', 'flatten', 'dropout'],
};

export const infer: Infer = (context) => inferPool('Max pool 3D', 3, context);

export const docs: KindDocs = {
  text: 'Shrinks a volume, or a film, by keeping the largest number of each window, for each channel.',
  formula: 'y[d, i, j, c] = max over (t, u, v) of x[s·d + t, s·i + u, s·j + v, c]',
  source: 'Keras 3 MaxPooling3D',
};

export const examples: KindExample[] = [
  {
    title: 'Halving',
    inputs: { x: [{ shape: ['batch', 4, 4, 6, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Overlapping, padded',
    params: { size: [2, 3, 3], stride: [1, 2, 2], padding: 'same' },
    inputs: { x: [{ shape: ['batch', 3, 5, 4, 1], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { params, inputs }) => ({ outputs: { y: maxPool(tf, floatOn(tf, inputs, 'x'), poolWindow(params)) } }),
};

export const emit = emitMaxPool(3);
