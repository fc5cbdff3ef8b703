import { floatOn } from '../common/operands';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitMaxPool, inferPool, maxPool, poolFields, poolWindow } from './pool-layer';

export const face: Face = {
  id: 'max-pool-2d',
  version: 1,
  title: 'Max pool',
  summary: 'Keeps the largest number of each window.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['maxpool', 'max pooling', 'subsample', 'downsample', 'pool'],
  icon: 'arrows-minimize',
  fields: poolFields(2),
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'kernel' },
  oftenNext: ['conv-2d', 'flatten', 'global-average-pool-2d', 'dropout'],
};

export const infer: Infer = (context) => inferPool('Max pool', 2, context);

export const docs: KindDocs = {
  text: 'Shrinks the picture: of each window only the strongest answer is kept, so a pattern counts as found even if it moved by a pixel.',
  formula: 'y[i, j, c] = max over (u, v) of x[s·i + u, s·j + v, c]',
  source: 'Keras 3 MaxPooling2D',
};

export const examples: KindExample[] = [
  { title: 'Halving', inputs: { x: [{ shape: ['batch', 6, 8, 3], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Overlapping, padded',
    params: { size: [3, 3], stride: [2, 2], padding: 'same' },
    inputs: { x: [{ shape: ['batch', 5, 7, 2], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { params, inputs }) => ({ outputs: { y: maxPool(tf, floatOn(tf, inputs, 'x'), poolWindow(params)) } }),
};

export const emit = emitMaxPool(2);
