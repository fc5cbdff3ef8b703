import { floatOn } from '../common/operands';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { averagePool, emitAveragePool, inferPool, poolFields, poolWindow } from './pool-layer';

export const face: Face = {
  id: 'average-pool-2d',
  version: 1,
  title: 'Average pool',
  summary: 'Takes the mean of each window.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['avgpool', 'mean pool', 'average pooling', 'subsample', 'downsample'],
  icon: 'math-avg',
  fields: poolFields(2),
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'kernel' },
  oftenNext: ['conv-2d', 'flatten', 'global-average-pool-2d', 'dense'],
};

export const infer: Infer = (context) => inferPool('Average pool', 2, context);

export const docs: KindDocs = {
  text: 'Shrinks the picture by taking the mean of each window. Pixels of the padding do not count.',
  formula: 'y[i, j, c] = mean over (u, v) of x[s·i + u, s·j + v, c]',
  source: 'Keras 3 AveragePooling2D',
};

export const examples: KindExample[] = [
  { title: 'Halving', inputs: { x: [{ shape: ['batch', 6, 8, 3], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Thirds',
    params: { size: [3, 3], stride: [3, 3] },
    inputs: { x: [{ shape: ['batch', 9, 7, 2], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { params, inputs }) => ({ outputs: { y: averagePool(tf, floatOn(tf, inputs, 'x'), poolWindow(params)) } }),
};

export const emit = emitAveragePool(2);
